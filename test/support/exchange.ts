import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../src/config/environment.js';
import type { UpstreamScript } from './scripted-upstream.js';

const DIRECTORY = join(import.meta.dirname, '../exchanges');
const USUAL_PATH = '/model/test.model-v1:0/converse';

/**
 * One folder of `test/exchanges`: the client's request, the upstream's request and answer, and the client's
 * answer.
 */
export interface Exchange {
  readonly name: string;
  /** Environment variables in addition to those of every case. */
  readonly environment: Partial<Record<keyof Environment, string>>;
  /** Where the client sends its request: `path.txt`, or the usual model and the operation of the case. */
  readonly path: string;
  readonly converseRequest: object;
  readonly upstreamRequest: unknown;
  readonly upstreamResponse: Buffer;
  readonly upstreamContentType: string;
  readonly isStream: boolean;
  /** `events.json` of a stream, else `converse-response.json`. */
  readonly answer: unknown;
  readonly answerFile: string;
  /**
   * `ignored.txt`: the members that the header reports as ignored, one per line. Without the file there are
   * none.
   */
  readonly ignored: readonly string[];
}

export function readExchanges(): Exchange[] {
  return readdirSync(DIRECTORY).toSorted().map(readExchange);
}

function readExchange(name: string): Exchange {
  const fileOf = (file: string) => join(DIRECTORY, name, file);
  const has = (file: string) => existsSync(fileOf(file));
  const text = (file: string) => readFileSync(fileOf(file), 'utf8').trim();
  const json = (file: string): unknown => JSON.parse(text(file));
  const isStream = has('events.json');
  const answerFile = isStream ? 'events.json' : 'converse-response.json';
  const upstreamFile = has('upstream-response.sse') ? 'upstream-response.sse' : 'upstream-response.json';
  return {
    name,
    // an assertion at a boundary: the process refuses invalid values
    environment: has('environment.json') ? (json('environment.json') as Exchange['environment']) : {},
    path: has('path.txt') ? text('path.txt') : isStream ? `${USUAL_PATH}-stream` : USUAL_PATH,
    // an assertion at a boundary: what is sent is for the proxy to judge
    converseRequest: json('converse-request.json') as object,
    upstreamRequest: json('upstream-request.json'),
    upstreamResponse: readFileSync(fileOf(upstreamFile)),
    upstreamContentType: upstreamFile.endsWith('.sse') ? 'text/event-stream' : 'application/json',
    isStream,
    answer: json(answerFile),
    answerFile,
    ignored: has('ignored.txt') ? text('ignored.txt').split('\n') : [],
  };
}

/** The upstream's answer, in so many pieces that reach the proxy one by one. */
export function answerInPieces(exchange: Exchange, pieces: number): UpstreamScript {
  const { upstreamResponse, upstreamContentType } = exchange;
  const bytes = Math.ceil(upstreamResponse.length / pieces);
  return async (_request, response) => {
    response.socket?.setNoDelay(true);
    response.writeHead(200, { 'content-type': upstreamContentType });
    for (let start = 0; start < upstreamResponse.length; start += bytes) {
      response.write(upstreamResponse.subarray(start, start + bytes));
      await new Promise<void>((resolve) => void setImmediate(resolve));
    }
    response.end();
  };
}

/**
 * What the process adds by itself, made comparable: `latencyMs` is 1 if it is a whole number of at least 1, and
 * where the expected answer speaks of `tooluse_*`, so do ids in AWS's form.
 */
export function comparable(answer: unknown, expected: unknown): unknown {
  const hasGeneratedIds = JSON.stringify(expected).includes('"tooluse_*"');
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    if (key === 'latencyMs') return Number.isInteger(value) && Number(value) >= 1 ? 1 : value;
    const isGenerated = hasGeneratedIds && typeof value === 'string' && /^tooluse_[\w-]{22}$/.test(value);
    return isGenerated ? 'tooluse_*' : value;
  });
}
