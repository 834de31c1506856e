import type { Answer, Call, Client } from './clients.ts';
import { streamEnding } from './stream-ending.ts';

/** The behaviour of a client. */
export type Manner = 'stays' | 'reads slowly' | 'leaves before the answer' | 'leaves in the middle';

export const MANNERS: readonly Manner[] = [
  'stays',
  'stays',
  'stays',
  'reads slowly',
  'leaves before the answer',
  'leaves in the middle',
];

const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const PATIENCE_MS = 10;
const SLOWNESS_MS = 2;
const STUCK_MS = 30_000;

export const LEFT = 'left';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs one stream and returns its ending: `complete`, an exception in the stream, an HTTP error with its
 * status, or `left`.
 */
export async function visit(client: Client, model: string, manner: Manner): Promise<string> {
  const call = client.open(`/model/${model}/converse-stream`, BODY);
  const { promise: stuck, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(`BROKEN: nothing for ${STUCK_MS} ms`), STUCK_MS);
  const ending = behave(call, manner).catch((error: unknown) => `BROKEN: ${String(error)}`);
  try {
    return await Promise.race([ending, stuck]);
  } finally {
    clearTimeout(timer);
    call.end();
  }
}

async function behave(call: Call, manner: Manner): Promise<string> {
  if (manner === 'leaves before the answer') {
    call.answer.catch(() => undefined);
    await pause(PATIENCE_MS);
    call.leave();
    return LEFT;
  }
  const answer = await call.answer;
  if (manner !== 'leaves in the middle') return endingOf(answer, manner === 'reads slowly' ? SLOWNESS_MS : 0);
  await firstBytes(answer);
  call.leave();
  return LEFT;
}

function firstBytes({ body }: Answer): Promise<void> {
  return new Promise((resolve) => {
    body.once('data', () => resolve()).once('close', () => resolve());
  });
}

async function endingOf({ status, errorType, body }: Answer, slownessMs: number): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    if (slownessMs > 0) await pause(slownessMs);
  }
  const bytes = Buffer.concat(parts);
  if (status === 200) return streamEnding(bytes);
  const { message } = JSON.parse(bytes.toString()) as { message: unknown }; // every error of the proxy has this form
  return typeof message === 'string' ? `${status} ${errorType}` : 'BROKEN: an error without a message';
}
