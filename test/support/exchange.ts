import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../src/config/environment.js';
import type { UpstreamScript } from './scripted-upstream.js';

const DIRECTORY = join(import.meta.dirname, '../exchanges');
const USUAL_MODEL = '/model/test.model-v1:0';

/** The files of a case, by the operation that it calls, and the operation's paths with and without a stream. */
const CONVERSE = {
  request: 'converse-request.json',
  answer: 'converse-response.json',
  events: 'events.json',
  path: `${USUAL_MODEL}/converse`,
  streamPath: `${USUAL_MODEL}/converse-stream`,
};
const INVOKE = {
  request: 'invoke-request.json',
  answer: 'invoke-response.json',
  events: 'chunks.json',
  path: `${USUAL_MODEL}/invoke`,
  streamPath: `${USUAL_MODEL}/invoke-with-response-stream`,
};

/** What the upstream answers. */
export interface UpstreamAnswer {
  readonly upstreamResponse: Buffer;
  readonly upstreamContentType: string;
}

/**
 * One folder of `test/exchanges`: the client's request, the upstream's request and answer, and the client's
 * answer.
 */
export interface Exchange extends UpstreamAnswer {
  readonly name: string;
  /** Environment variables in addition to those of every case. */
  readonly environment: Partial<Record<keyof Environment, string>>;
  /** Where the client sends its request: `path.txt`, or the usual model and the operation of the case. */
  readonly path: string;
  readonly clientRequest: object;
  readonly upstreamRequest: unknown;
  readonly isStream: boolean;
  /** `events.json` or `chunks.json` of a stream, else `converse-response.json` or `invoke-response.json`. */
  readonly answer: unknown;
  readonly answerFile: string;
  /**
   * `ignored.txt`: the members that the header reports as ignored, one per line. Without the file there are
   * none.
   */
  readonly ignored: readonly string[];
}

/** @param directory holds a folder for each case */
export function readExchanges(directory = DIRECTORY): Exchange[] {
  return readdirSync(directory)
    .toSorted()
    .map((name) => readExchange(directory, name));
}

function readExchange(directory: string, name: string): Exchange {
  const fileOf = (file: string) => join(directory, name, file);
  const has = (file: string) => existsSync(fileOf(file));
  const text = (file: string) => readFileSync(fileOf(file), 'utf8').trim();
  const json = (file: string): unknown => JSON.parse(text(file));
  const files = has(INVOKE.request) ? INVOKE : CONVERSE;
  const isStream = has(files.events);
  const answerFile = isStream ? files.events : files.answer;
  const upstreamFile = has('upstream-response.sse') ? 'upstream-response.sse' : 'upstream-response.json';
  return {
    name,
    // an assertion at a boundary: the process refuses invalid values
    environment: has('environment.json') ? (json('environment.json') as Exchange['environment']) : {},
    path: has('path.txt') ? text('path.txt') : isStream ? files.streamPath : files.path,
    // an assertion at a boundary: what is sent is for the proxy to judge
    clientRequest: json(files.request) as object,
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
export function answerInPieces(
  { upstreamResponse, upstreamContentType }: UpstreamAnswer,
  pieces: number,
): UpstreamScript {
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

/** Milliseconds that the process measures. */
const LATENCIES: ReadonlySet<string> = new Set([
  'latencyMs',
  'invocationLatency',
  'firstByteLatency',
  'guardrailProcessingLatency',
]);

/** Ids that the process makes, in the form of the APIs, and how the files write them. */
const GENERATED: readonly (readonly [form: RegExp, written: string])[] = [
  [/^chatcmpl-[\w-]{24}$/, 'chatcmpl-*'],
  [/^tooluse_[\w-]{22}$/, 'tooluse_*'],
  [/^msg_bdrk_[0-9A-Za-z]{24}$/, 'msg_bdrk_*'],
  [/^[0-9A-Za-z]{24}$/, 'answer_id_*'],
  [/^[0-9A-Za-z]{24}-0$/, 'answer_id_*-0'],
];

/**
 * What the process adds by itself, made comparable: a latency is 1 if it is a whole number of at least 1, and where the
 * expected answer contains `tooluse_*`, so do ids in the form of AWS.
 */
export function comparable(answer: unknown, expected: unknown): unknown {
  const expectedText = JSON.stringify(expected);
  const generated = GENERATED.filter(([, written]) => expectedText.includes(`"${written}"`));
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    if (LATENCIES.has(key)) return Number.isInteger(value) && Number(value) >= 1 ? 1 : value;
    if (typeof value !== 'string') return value;
    return generated.find(([form]) => form.test(value))?.[1] ?? value;
  });
}
