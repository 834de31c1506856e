import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { Dialect } from '../../openai/dialect.js';
import { objectOf } from '../json-value.js';
import type { Provenance } from './provenance.js';

/**
 * DeepSeek requires the reasoning of earlier assistant messages when tools were called for that question, or when the
 * request declares tools, and answers 400 when it is missing. Other reasoning it ignores.
 * https://api-docs.deepseek.com/guides/thinking_mode
 */
const REQUIRING: Dialect['reasoningReplay'] = 'reasoning_content';

/** Replaces required reasoning that is missing. DeepSeek refuses an empty text. */
const MISSING_REASONING = ' ';

/** Returns whether the message at an index sends its reasoning back. Only DeepSeek gets less than all of it. */
export function replaysReasoning(
  messages: readonly MessageDto[],
  hasTools: boolean,
  { reasoningReplay }: Dialect,
): (index: number) => boolean {
  if (reasoningReplay !== REQUIRING || hasTools) return () => true;
  const questions = new Questions(messages, isQuestion, callsTools);
  return (index) => questions.callsTools(index) || questions.isLast(index);
}

/** Adds a placeholder where required reasoning is missing because it came from another model or the client dropped it. */
export function addMissingReasoning(
  params: ChatCompletionParams,
  { reasoningReplay }: Dialect,
  provenance?: Provenance,
): void {
  if (reasoningReplay !== REQUIRING || objectOf(params.thinking)?.type === 'disabled') return;
  const { messages, tools } = params;
  const questions = new Questions(
    messages,
    ({ role }) => role === 'user',
    (message) => message.role === 'assistant' && message.tool_calls !== undefined,
  );
  for (const [index, message] of messages.slice(0, -1).entries()) {
    if (message.role !== 'assistant' || (message.reasoning_content ?? '') !== '') continue;
    if (tools === undefined && !questions.callsTools(index)) continue;
    message.reasoning_content = MISSING_REASONING;
    provenance?.member(message, 'reasoning_content', 'dialect');
  }
}

function isQuestion({ role, content }: MessageDto): boolean {
  return role === 'user' && content.some((block) => block.toolResult == null && block.cachePoint == null);
}

function callsTools({ role, content }: MessageDto): boolean {
  return role === 'assistant' && content.some((block) => block.toolUse != null);
}

/** Divides a conversation into questions: each begins with a user message that is not just tool results. */
class Questions<Message> {
  /** The number of the question, by message index. */
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
