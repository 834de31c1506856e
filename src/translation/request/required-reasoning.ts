import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { Dialect } from '../../openai/dialect.js';
import { objectOf } from '../json-value.js';

/**
 * DeepSeek wants the reasoning of a question for whose answer a tool was called, in all requests after it, and where
 * tools are declared that of every question; it answers 400 when some is missing. Elsewhere it passes over it.
 * https://api-docs.deepseek.com/guides/thinking_mode
 */
const OWING: Dialect['reasoningReplay'] = 'reasoning_content';

/** Stands for reasoning that nobody has any more: DeepSeek refuses an empty text as it does none. */
const LOST_REASONING = ' ';

/** Which messages give their reasoning back. Every other server gets all that it has sent. */
export function replaysReasoning(
  messages: readonly MessageDto[],
  hasTools: boolean,
  { reasoningReplay }: Dialect,
): (index: number) => boolean {
  if (reasoningReplay !== OWING || hasTools) return () => true;
  const questions = new Questions(messages, isQuestion, callsTools);
  return (index) => questions.callsTools(index) || questions.isLast(index);
}

/** Where reasoning is owed and lost (another model's, or a client's that has dropped it), something stands for it. */
export function addMissingReasoning(params: ChatCompletionParams, { reasoningReplay }: Dialect): void {
  if (reasoningReplay !== OWING || objectOf(params.thinking)?.type === 'disabled') return;
  const { messages, tools } = params;
  const questions = new Questions(
    messages,
    ({ role }) => role === 'user',
    (message) => message.role === 'assistant' && message.tool_calls !== undefined,
  );
  for (const [index, message] of messages.slice(0, -1).entries()) {
    if (message.role !== 'assistant' || (message.reasoning_content ?? '') !== '') continue;
    if (tools !== undefined || questions.callsTools(index)) message.reasoning_content = LOST_REASONING;
  }
}

function isQuestion({ role, content }: MessageDto): boolean {
  return role === 'user' && content.some((block) => block.toolResult == null && block.cachePoint == null);
}

function callsTools({ role, content }: MessageDto): boolean {
  return role === 'assistant' && content.some((block) => block.toolUse != null);
}

/** A conversation, cut where a user asks something. */
class Questions<Message> {
  /** Of each message, the question that it belongs to. */
  private readonly questions: number[] = [];
  private readonly withToolCalls = new Set<number>();
  private last = 0;

  constructor(
    messages: readonly Message[],
    asks: (message: Message) => boolean,
    calls: (message: Message) => boolean,
  ) {
    for (const message of messages) {
      if (asks(message)) this.last += 1;
      if (calls(message)) this.withToolCalls.add(this.last);
      this.questions.push(this.last);
    }
  }

  callsTools(index: number): boolean {
    return this.withToolCalls.has(this.questions[index] ?? this.last);
  }

  isLast(index: number): boolean {
    return this.questions[index] === this.last;
  }
}
