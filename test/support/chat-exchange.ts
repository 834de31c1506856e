import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../src/config/environment.js';
import type { UpstreamAnswer } from './exchange.js';
import { decodeEventStream } from './event-stream.js';

const DIRECTORY = join(import.meta.dirname, '../chat-exchanges');
/** Later than the times in the cases, which are of 2023. */
const RECENT_SECONDS = 1_750_000_000;
const METRICS = 'amazon-bedrock-invocationMetrics';

/**
 * One folder of `test/chat-exchanges`: a chat completion request, what the upstream gets and says, and what is heard at the
 * two doors that take such a request.
 */
export interface ChatExchange extends UpstreamAnswer {
  readonly name: string;
  /** Variables of the process. */
  readonly environment: Partial<Record<keyof Environment, string>>;
  /** Names the model, also for the door that has it in its path. */
  readonly request: { readonly model: string };
  readonly isStream: boolean;
  /** What is expected, by the names of the files. */
  readonly expected: Readonly<Record<string, unknown>>;
}

export function readChatExchanges(): ChatExchange[] {
  return readdirSync(DIRECTORY).toSorted().map(readChatExchange);
}

function readChatExchange(name: string): ChatExchange {
  const fileOf = (file: string) => join(DIRECTORY, name, file);
  const has = (file: string) => existsSync(fileOf(file));
  const json = (file: string): unknown => JSON.parse(readFileSync(fileOf(file), 'utf8'));
  const upstreamFile = has('upstream-response.sse') ? 'upstream-response.sse' : 'upstream-response.json';
  const isStream = has('chunks.json');
  const files = ['upstream-request.json', ...(isStream ? ['events.json', 'chunks.json'] : ['answer.json'])];
  const ignored = has('ignored.txt') ? readFileSync(fileOf('ignored.txt'), 'utf8').trim().split('\n') : [];
  return {
    name,
    // assertions at a boundary: the process judges what is in the files
    environment: has('environment.json') ? (json('environment.json') as ChatExchange['environment']) : {},
    request: json('request.json') as ChatExchange['request'],
    upstreamResponse: readFileSync(fileOf(upstreamFile)),
    upstreamContentType: upstreamFile.endsWith('.sse') ? 'text/event-stream' : 'application/json',
    isStream,
    expected: { ...Object.fromEntries(files.map((file) => [file, json(file)])), 'ignored.txt': ignored },
  };
}

/** A completion. An id and a time that the proxy has made become `chatcmpl-*` and 1. */
export function readAnswer(body: Buffer): unknown {
  return JSON.parse(body.toString(), (name, value: unknown) => {
    if (name === 'created' && Number(value) > RECENT_SECONDS) return 1;
    return name === 'id' && /^chatcmpl-[\w-]{24}$/.test(String(value)) ? 'chatcmpl-*' : value;
  });
}

/** A stream of server-sent events → the data of each; `: ping` is none. */
export function readServerSentEvents(text: string): unknown[] {
  const events = text.split('\n\n');
  expect(events.pop()).toBe('');
  return events.map((event) => {
    const [, data = ''] = /^data: ([^\n]*)$/.exec(event) ?? [];
    return data === '[DONE]' ? data : JSON.parse(data);
  });
}

/** A stream of frames → its chunks; an exception is an object with its name. Latencies become 1. */
export function readChunkFrames(body: Uint8Array): unknown[] {
  return decodeEventStream(body).map((event) => {
    const frame = event['chunk'] as { bytes: string } | undefined; // the only event of this stream
    if (frame === undefined) return event;
    return JSON.parse(Buffer.from(frame.bytes, 'base64').toString(), (name, value: unknown) =>
      name === METRICS ? withoutLatencies(value as Record<string, unknown>) : value,
    );
  });
}

function withoutLatencies(metrics: Record<string, unknown>): Record<string, unknown> {
  const { invocationLatency, firstByteLatency } = metrics;
  expect(Number(invocationLatency)).toBeGreaterThanOrEqual(Number(firstByteLatency));
  expect(Number(firstByteLatency)).toBeGreaterThanOrEqual(1);
  return { ...metrics, invocationLatency: 1, firstByteLatency: 1 };
}
