import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEventStream, type StreamEvent } from './event-stream.js';
import { comparable, type UpstreamAnswer } from './exchange.js';
import { moderation } from './guarded-file.js';
import { answerJson, type UpstreamScript } from './scripted-upstream.js';

const DIRECTORY = join(import.meta.dirname, '../guardrail-exchanges');

const RECENT_SECONDS = 600;

/** What a client hears. */
interface GuardedAnswer {
  readonly status: number;
  /** The header that reports ignored parameters. */
  readonly ignored?: string;
  /** The JSON of the answer, or the events of its stream. */
  readonly body: unknown;
}

/** One folder of `test/guardrail-exchanges`: a request to the guardrails of `GUARDED_FILE`. */
export interface GuardrailExchange {
  readonly name: string;
  readonly request: {
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: object;
  };
  /** What the upstream answers, if it is called. */
  readonly upstream: UpstreamAnswer | undefined;
  /** `moderations.json`: scores of texts, in the order in which they are examined. */
  readonly moderations: readonly Readonly<Record<string, number>>[];
  /** `upstream-requests.json`: the messages that the upstream gets; none if it is not called. */
  readonly upstreamRequests: unknown;
  readonly answer: unknown;
}

export function readGuardrailExchanges(): GuardrailExchange[] {
  return readdirSync(DIRECTORY)
    .toSorted()
    .map((name) => {
      const fileOf = (file: string): string => join(DIRECTORY, name, file);
      const json = (file: string): unknown => JSON.parse(readFileSync(fileOf(file), 'utf8'));
      // assertions at a boundary: the test compares everything that it reads
      return {
        name,
        request: json('request.json') as GuardrailExchange['request'],
        upstream: upstreamAnswer(fileOf('upstream-response.json'), fileOf('upstream-response.sse')),
        moderations: existsSync(fileOf('moderations.json'))
          ? (json('moderations.json') as GuardrailExchange['moderations'])
          : [],
        upstreamRequests: json('upstream-requests.json'),
        answer: json('answer.json'),
      };
    });
}

/** Answers the texts that are examined with the scores of the exchange in turn. */
export function answerModerations({ moderations }: GuardrailExchange): UpstreamScript {
  const rest = [...moderations];
  return (request, response) => answerJson(moderation(rest.shift() ?? {}))(request, response);
}

/** The answer to the request of an exchange. */
export async function hear(url: string, { request, answer }: GuardrailExchange): Promise<unknown> {
  const { path, headers, body } = request;
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const ignored = response.headers.get('x-proxy-ignored-parameters');
  const type = response.headers.get('content-type') ?? '';
  const heard: GuardedAnswer = {
    status: response.status,
    ...(ignored !== null && { ignored }),
    body: type.includes('eventstream')
      ? decodeEventStream(await response.bytes()).map(toChunk)
      : type.includes('event-stream')
        ? serverSentEvents(await response.text())
        : await response.json(),
  };
  return comparable(withoutNow(heard), answer);
}

/** An answer that the process makes itself is created now: 0 in the files. */
function withoutNow(heard: GuardedAnswer): unknown {
  const isNow = (seconds: unknown): boolean =>
    Math.abs(Date.now() / 1_000 - Number(seconds)) < RECENT_SECONDS;
  return JSON.parse(JSON.stringify(heard), (key, value: unknown) =>
    key === 'created' && isNow(value) ? 0 : value,
  );
}

/** The chunk that an event of InvokeModel carries; any other event as it is. */
function toChunk(event: StreamEvent): unknown {
  const { bytes } = (event['chunk'] ?? {}) as { bytes?: string }; // the payload of an event is an object
  return bytes === undefined ? event : JSON.parse(Buffer.from(bytes, 'base64').toString());
}

function serverSentEvents(text: string): unknown[] {
  const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, line = '']) => line);
  return data.map((line): unknown => (line === '[DONE]' ? line : JSON.parse(line)));
}

function upstreamAnswer(json: string, events: string): UpstreamAnswer | undefined {
  if (existsSync(events)) {
    return { upstreamResponse: readFileSync(events), upstreamContentType: 'text/event-stream' };
  }
  return existsSync(json)
    ? { upstreamResponse: readFileSync(json), upstreamContentType: 'application/json' }
    : undefined;
}
