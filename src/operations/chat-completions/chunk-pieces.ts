import { MAX_PIECE_UNITS, splitText } from '../../formats/split-text.js';
import { commonMembers } from '../../translation/chat-completions/chunk-choices.js';
import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from '../../openai/chat-completion.js';

const TEXTS = ['content', 'reasoning_content', 'reasoning'] as const satisfies (keyof MessageAnswer)[];

/** A chunk → chunks whose texts fit into one frame each. Only the last one finishes the choice, and tells usage. */
export function chunkPieces(chunk: ChatCompletionAnswer): readonly ChatCompletionAnswer[] {
  const [choice, ...others] = chunk.choices ?? [];
  const delta = choice?.delta;
  if (choice === undefined || delta == null || others.length > 0 || !hasLongText(delta)) return [chunk];
  const pieces = deltaPieces(delta);
  return pieces.map((piece, index) =>
    index === pieces.length - 1
      ? withDelta(chunk, choice, piece)
      : withDelta(commonMembers(chunk), { ...choice, finish_reason: null }, piece),
  );
}

function withDelta(
  chunk: ChatCompletionAnswer,
  choice: ChoiceAnswer,
  delta: MessageAnswer,
): ChatCompletionAnswer {
  return { ...chunk, choices: [{ ...choice, delta }] };
}

function hasLongText(delta: MessageAnswer): boolean {
  return (
    TEXTS.some((name) => isLong(delta[name])) ||
    toolCallsOf(delta).some((call) => isLong(call.function?.arguments))
  );
}

function isLong(text: unknown): text is string {
  return typeof text === 'string' && text.length > MAX_PIECE_UNITS;
}

/** Each text and each tool call of the delta in turn; the other members with the first. */
function deltaPieces(delta: MessageAnswer): MessageAnswer[] {
  const { tool_calls: _, ...message } = delta;
  const pieces: MessageAnswer[] = [];
  for (const name of TEXTS) {
    const text = message[name];
    if (!isLong(text)) continue;
    delete message[name];
    pieces.push(...splitText(text).map((piece) => ({ [name]: piece })));
  }
  for (const call of toolCallsOf(delta)) {
    const text = call.function?.arguments;
    const [first, ...rest] = isLong(text) ? splitText(text) : [text];
    const toolCall = { ...call, function: { ...call.function, arguments: first } };
    pieces.push({ tool_calls: [toolCall] });
    pieces.push(
      ...rest.map((piece) => ({ tool_calls: [{ index: call.index, function: { arguments: piece } }] })),
    );
  }
  const [first, ...others] = pieces;
  return [{ ...message, ...first }, ...others];
}

function toolCallsOf({ tool_calls: calls }: MessageAnswer) {
  return Array.isArray(calls) ? calls : [];
}
