import { embeddingsAnswer } from './embeddings.ts';

/** The answers of the scripted upstream, as bytes that are ready to be written. */
export interface Answer {
  readonly contentType: string;
  readonly bytes: Buffer;
}

export const BURST_CHUNKS = 2_000;

const HEAD = { id: 'chatcmpl-Bench0123456789abcdefghijkl', created: 1_700_000_000, model: 'bench' };
const USAGE = { prompt_tokens: 42, completion_tokens: 128, total_tokens: 170 };
const TOKENS = [' the', ' quick', ' brown', ' "fox"', ' jumps', ' over', ' naïve', ' dogs', '.\n'];

export const ANSWERS = {
  text: jsonAnswer({ role: 'assistant', content: 'The capital of France is Paris. '.repeat(12) }, 'stop'),
  toolCalls: jsonAnswer(
    { role: 'assistant', content: null, tool_calls: [0, 1, 2].map(toolCall) },
    'tool_calls',
  ),
  burst: burstAnswer(),
  embeddings: { contentType: 'application/json', bytes: embeddingsAnswer() },
} as const satisfies Record<string, Answer>;

export type AnswerName = keyof typeof ANSWERS;

/** The server-sent event that carries one token. */
export function tokenEvent(index: number): Buffer {
  return Buffer.from(chunkEvent({ content: TOKENS[index % TOKENS.length] }, null));
}

/** The beginning of a stream, in one write: the role and the first token. */
export function openingEvents(): Buffer {
  return Buffer.concat([Buffer.from(chunkEvent({ role: 'assistant', content: '' }, null)), tokenEvent(0)]);
}

function jsonAnswer(message: object, finishReason: string): Answer {
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finishReason }];
  const completion = { ...HEAD, object: 'chat.completion', choices, usage: USAGE, system_fingerprint: null };
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(completion)) };
}

function toolCall(index: number): object {
  const called = { city: 'Paris', days: index + 1, units: 'celsius', note: 'a "quoted" word' };
  return {
    id: `call_${index}`,
    type: 'function',
    function: { name: 'lookup_0', arguments: JSON.stringify(called) },
  };
}

function burstAnswer(): Answer {
  const tokens = Array.from({ length: BURST_CHUNKS }, (_, index) => tokenEvent(index));
  const usage = `data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', choices: [], usage: USAGE })}\n\n`;
  const ending = Buffer.from(`${chunkEvent({}, 'stop')}${usage}data: [DONE]\n\n`);
  return { contentType: 'text/event-stream', bytes: Buffer.concat([openingEvents(), ...tokens, ending]) };
}

function chunkEvent(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', choices })}\n\n`;
}
