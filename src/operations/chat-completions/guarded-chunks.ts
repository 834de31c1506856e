import type { MetadataEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from '../../openai/chat-completion.js';
import { StreamEnd, type ChatStreamEvent } from '../../translation/chat-completions/chat-chunks.js';
import { choicesOf, commonMembers, isFinishing } from '../../translation/chat-completions/chunk-choices.js';
import { objectOf } from '../../translation/json-value.js';
import type { OpenEvents } from '../event-stream/open-events.js';
import type { OutputGuard } from '../guardrails/output-guard.js';
import { BLOCKED_FINISH, withoutCopies } from './guarded-completion.js';
import { ANSWER_TEXTS } from './message-texts.js';

type Events = AsyncGenerator<ChatStreamEvent[], void>;

/** What the last chunk says. */
export interface ChunkEnding {
  /** Of the guardrail. */
  guardrailMembers(this: void, trace: MetadataEvent['trace']): object;
  /** Of a stream that is blocked. Its usage is not known. */
  blockedMembers(this: void, usage: MetadataEvent['usage']): object;
}

/**
 * The chunks of a model → those that the guardrail lets through. Text is examined, and in the mode `sync` held back until
 * then; everything else passes.
 */
export async function* guardedChunks(
  { first, rest }: OpenEvents<ChatStreamEvent>,
  guard: OutputGuard,
  ending: ChunkEnding,
): Events {
  const stream = new GuardedChunks(guard, ending);
  yield* stream.pass(first);
  if (rest === undefined || stream.isOver) return;
  for await (const batch of rest) {
    yield* stream.pass(batch);
    if (stream.isOver) return;
  }
}

/** One stream on its way through a guardrail. */
class GuardedChunks {
  #isOver = false;
  #last: ChatCompletionAnswer = {};
  /** From a chunk that finishes a choice on: the last of them says what the guardrail did. */
  #tail: ChatCompletionAnswer[] = [];
  /** The choices that have not finished → whether the client has text of them. */
  readonly #open = new Map<number, boolean>();

  constructor(
    private readonly guard: OutputGuard,
    private readonly ending: ChunkEnding,
  ) {}

  get isOver(): boolean {
    return this.#isOver;
  }

  async *pass(batch: readonly ChatStreamEvent[]): Events {
    const passed: ChatStreamEvent[] = [];
    for (const event of batch) {
      passed.push(...(event instanceof StreamEnd ? this.#end(event) : await this.#passChunk(event)));
      if (this.#isOver) break;
    }
    if (passed.length > 0) yield passed;
  }

  async #passChunk(chunk: ChatCompletionAnswer): Promise<ChatStreamEvent[]> {
    const choices: ChoiceAnswer[] = [];
    this.#last = chunk;
    for (const choice of choicesOf(chunk)) {
      const guarded = await this.#guard(choice);
      if (guarded !== undefined) choices.push(guarded);
      if (this.guard.isBlocked) return this.#blocked(chunk, choices);
    }
    const isUsage = choicesOf(chunk).length === 0;
    if (choices.length === 0 && !isUsage) return [];
    const sent = { ...chunk, choices };
    if (!isUsage && !choices.some(isFinishing)) return [...this.#tail.splice(0), sent];
    this.#tail.push(sent);
    return [];
  }

  /** Undefined for a choice of which nothing is left. */
  async #guard(choice: ChoiceAnswer): Promise<ChoiceAnswer | undefined> {
    const index = choice.index ?? 0;
    if (!this.#open.has(index)) this.#open.set(index, false);
    const delta: MessageAnswer = { ...choice.delta };
    for (const [position, member] of ANSWER_TEXTS.entries()) {
      const key = index * ANSWER_TEXTS.length + position;
      const { text, others } = textIn(delta[member]);
      const released = text === '' ? [] : await this.guard.add(key, text);
      if (isFinishing(choice)) released.push(...(await this.guard.end(key)));
      const sent = released.join('');
      if (sent !== '') this.#open.set(index, true);
      if (sent !== '') delta[member] = sent;
      else if (others.length > 0) Object.assign(delta, { [member]: others });
      else if (text !== '') delete delta[member];
    }
    if (isFinishing(choice) && !(await this.guard.isBlockedAtEnd())) this.#open.delete(index);
    if (Object.keys(delta).length === 0 && !isFinishing(choice)) return undefined;
    return Object.assign(withoutCopies(choice), { delta });
  }

  /** What was released of the chunk, and one that ends every choice. */
  #blocked(chunk: ChatCompletionAnswer, released: readonly ChoiceAnswer[]): ChatStreamEvent[] {
    this.#isOver = true;
    const { message, metadata } = this.guard.ending();
    const { usage, trace } = metadata;
    const before = released.map((choice) => ({ ...choice, finish_reason: null }));
    const ended = [...this.#open].map(([index, hasText]): ChoiceAnswer => {
      const isTold = !hasText || this.guard.isAsync;
      return { index, delta: isTold ? { content: message } : {}, finish_reason: BLOCKED_FINISH };
    });
    const last = {
      ...commonMembers(chunk),
      choices: ended,
      ...this.ending.blockedMembers(usage),
      ...this.ending.guardrailMembers(trace),
    };
    const sent = before.filter(({ delta }) => Object.keys(delta ?? {}).length > 0);
    return [
      ...this.#tail.splice(0),
      ...(sent.length > 0 ? [{ ...commonMembers(chunk), choices: sent }] : []),
      last,
      new StreamEnd({ usage, stopReason: 'guardrail_intervened' }),
    ];
  }

  #end({ summary }: StreamEnd): ChatStreamEvent[] {
    this.#isOver = true;
    const { trace } = this.guard.withTrace({ usage: summary.usage, metrics: { latencyMs: 1 } });
    const stopReason = this.guard.isMasked ? 'guardrail_intervened' : summary.stopReason;
    const last = this.#tail.pop() ?? { ...commonMembers(this.#last), choices: [] };
    const told = { ...last, ...this.ending.guardrailMembers(trace) };
    return [...this.#tail.splice(0), told, new StreamEnd({ usage: summary.usage, stopReason })];
  }
}

/** The text of a member, and its parts that are no text. */
function textIn(value: unknown): { text: string; others: unknown[] } {
  if (typeof value === 'string') return { text: value, others: [] };
  const parts: unknown[] = Array.isArray(value) ? value : [];
  return {
    text: parts.map((part) => (isText(part) ? String(objectOf(part)?.['text']) : '')).join(''),
    others: parts.filter((part) => !isText(part)),
  };
}

function isText(part: unknown): boolean {
  return typeof objectOf(part)?.['text'] === 'string';
}
