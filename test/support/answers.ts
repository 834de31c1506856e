import type { UpstreamScript } from './scripted-upstream.js';

/** Answers of an OpenAI-compatible server, in the form in which tests write them. */

export interface Call {
  readonly id: string;
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };

export function completion(message: Record<string, unknown>, finishReason = 'stop'): Record<string, unknown> {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'served-model',
    choices: [
      { index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: finishReason },
    ],
    usage: USAGE,
  };
}

export function textCompletion(content: string): Record<string, unknown> {
  return completion({ content });
}

export function toolCallsCompletion(...calls: Call[]): Record<string, unknown> {
  return completion({ tool_calls: calls.map((call) => toToolCall(call)) }, 'tool_calls');
}

export function chunk(
  delta: Record<string, unknown>,
  finishReason: string | null = null,
): Record<string, unknown> {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'served-model',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

/** The end of a stream: the finish reason, then the usage in a chunk of its own. */
export function ending(finishReason: string): Record<string, unknown>[] {
  return [chunk({}, finishReason), { ...chunk({}), choices: [], usage: USAGE }];
}

export function textChunks(...pieces: string[]): Record<string, unknown>[] {
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    ...ending('stop'),
  ];
}

/**
 * The calls begin one after the other, and then their arguments arrive interleaved, as those of parallel calls
 * may.
 */
export function toolCallChunks(...calls: Call[]): Record<string, unknown>[] {
  const starts = calls.map((call, index) => chunk({ tool_calls: [{ index, ...toToolCall(call, '') }] }));
  const texts = calls.map((call) => JSON.stringify(call.arguments));
  const halves = texts.map((text) => Math.floor(text.length / 2));
  const piece = (index: number, text: string) =>
    chunk({ tool_calls: [{ index, function: { arguments: text } }] });
  const firsts = texts.map((text, index) => piece(index, text.slice(0, halves[index])));
  const rests = texts.map((text, index) => piece(index, text.slice(halves[index])));
  return [
    chunk({ role: 'assistant', content: null }),
    ...starts,
    ...firsts,
    ...rests,
    ...ending('tool_calls'),
  ];
}

/** Each request is answered by the next script, and from then on by the last. */
export function inTurn(...scripts: UpstreamScript[]): UpstreamScript {
  let turn = 0;
  return (request, response) => scripts[Math.min(turn++, scripts.length - 1)]?.(request, response);
}

/** Each request is answered by the script for its model. */
export function byModel(scripts: ReadonlyMap<string, UpstreamScript>): UpstreamScript {
  return (request, response) => {
    const { model } = request.body as { model: string }; // a chat completion request
    return scripts.get(model)?.(request, response);
  };
}

export function errorBody(message: string, details: Record<string, unknown> = {}): Record<string, unknown> {
  return { error: { message, type: null, param: null, code: null, ...details } };
}

export function toToolCall(call: Call, text = JSON.stringify(call.arguments)): Record<string, unknown> {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: text } };
}
