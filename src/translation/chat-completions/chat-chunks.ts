import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { hasContent } from '../../openai/completion.js';
import { unusable } from '../../openai/upstream.error.js';
import type { ChunkReader } from '../stream/chunk-events.js';
import { StreamTotals } from '../stream/stream-totals.js';
import type { ChatSummary } from './chat-answer.js';
import {
  choicesOf,
  commonMembers,
  failureOf,
  hasDelta,
  isFinishing,
  isWhole,
  withoutDelta,
  withoutFinish,
} from './chunk-choices.js';
import { ChoiceFinishes } from './choice-finishes.js';
import { wholeToChunk } from './whole-chunk.js';

/** The regular end of a stream, which carries no chunk. */
export class StreamEnd {
  constructor(readonly summary: ChatSummary) {}
}

export type ChatStreamEvent = ChatCompletionAnswer | StreamEnd;

export interface ChatChunksOptions {
  /** As the client asked for it. */
  readonly modelId: string;
  /**
   * Where usage is told: in a chunk of its own after the others, as OpenAI's API does on request; nowhere; or in the last
   * chunk that finishes a choice, which waits for it.
   */
  readonly usage: 'own-chunk' | 'none' | 'last-chunk';
  /** Further members of the last chunk, with `usage: 'last-chunk'`. */
  readonly lastMembers?: (usage: TokenUsage) => object;
}

/** What a chunk without content holds in memory, in bytes. */
const WAITING_CHUNK_BYTES = 512;

/**
 * Chunks of an upstream → the chunks that the client gets: the same members, by the name that the client used for the
 * model. Chunks before the first content wait for it. A chunk without choices is not sent; its further members are added
 * to the next chunk.
 */
export class ChatChunks implements ChunkReader<ChatStreamEvent> {
  #events: ChatStreamEvent[] = [];
  #waiting: ChatCompletionAnswer[] = [];
  /** Chunks that finish a choice, until usage is known. */
  readonly #finishing: ChatCompletionAnswer[] = [];
  readonly #finishes = new ChoiceFinishes();
  #hasContent = false;
  #beside: ChatCompletionAnswer | undefined;
  readonly #totals = new StreamTotals();
  #last: ChatCompletionAnswer = {};

  constructor(private readonly options: ChatChunksOptions) {}

  get keptBytes(): number {
    return (this.#waiting.length + this.#finishing.length) * WAITING_CHUNK_BYTES;
  }

  /** @throws UpstreamError `status` when the model failed */
  read(chunk: ChatCompletionAnswer): void {
    const choices = choicesOf(chunk);
    const failure = failureOf(chunk, choices);
    if (failure !== undefined) {
      // an error after the finish does not invalidate the finished answer
      if (this.#finishes.areComplete) return;
      throw failure;
    }
    this.#totals.read(chunk);
    if (choices.length === 0) this.#beside = { ...this.#beside, ...chunk };
    else this.#pass(this.#toSent(chunk, choices));
  }

  take(): ChatStreamEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** @throws UpstreamError when a choice has not finished */
  end(): void {
    if (!this.#finishes.areComplete) throw unusable('The stream ended without a finish_reason');
    const usage = this.#totals.tokenUsage;
    this.#endChunks(usage);
    this.#events.push(new StreamEnd({ usage, stopReason: this.#finishes.stopReason }));
  }

  #toSent(chunk: ChatCompletionAnswer, choices: readonly ChoiceAnswer[]): ChatCompletionAnswer {
    const { usage: _, ...rest } = choices.some(isWhole) ? wholeToChunk(chunk) : chunk;
    const beside = this.#takeBeside();
    const sent: ChatCompletionAnswer = { ...beside, ...rest, model: this.options.modelId };
    if (this.options.usage === 'own-chunk') sent.usage = null;
    return sent;
  }

  #pass(chunk: ChatCompletionAnswer): void {
    this.#last = chunk;
    for (const choice of choicesOf(chunk)) this.#finishes.read(choice);
    if (!this.#hasContent && !hasContent(chunk)) {
      this.#waiting.push(chunk);
      return;
    }
    if (!this.#hasContent) this.#events.push(...this.#waiting.splice(0));
    this.#hasContent = true;
    if (this.options.usage === 'last-chunk') this.#passUnlessFinishing(chunk);
    else this.#events.push(chunk);
  }

  /** A chunk that finishes some of its choices only is divided, so that the others do not wait. */
  #passUnlessFinishing(chunk: ChatCompletionAnswer): void {
    const choices = choicesOf(chunk);
    const finishing = choices.filter(isFinishing);
    if (finishing.length < choices.length) this.#releaseContent();
    if (finishing.length === 0) return void this.#events.push(chunk);
    this.#finishing.push(finishing.length === choices.length ? chunk : { ...chunk, choices: finishing });
    if (finishing.length === choices.length) return;
    this.#events.push({ ...chunk, choices: choices.filter((choice) => !isFinishing(choice)) });
  }

  /** Content that waits with the finish of its choice comes before content that follows the finish. */
  #releaseContent(): void {
    for (const [index, chunk] of this.#finishing.entries()) {
      if (!hasDelta(chunk)) continue;
      this.#events.push(withoutFinish(chunk));
      this.#finishing[index] = withoutDelta(chunk);
    }
  }

  #endChunks(tokens: TokenUsage): void {
    const { usage, modelId: model } = this.options;
    const told = this.#totals.usage;
    const beside = this.#takeBeside();
    if (usage === 'own-chunk' && told !== undefined) {
      this.#events.push({ ...commonMembers(this.#last), ...beside, model, choices: [], usage: told });
    }
    if (usage !== 'last-chunk') return;
    const last = this.#finishing.pop() ?? this.#last;
    const members = this.options.lastMembers?.(tokens);
    this.#events.push(...this.#finishing, { ...beside, ...last, ...(told && { usage: told }), ...members });
  }

  #takeBeside(): ChatCompletionAnswer | undefined {
    if (this.#beside === undefined) return undefined;
    const { choices: _choices, usage: _usage, ...beside } = this.#beside;
    this.#beside = undefined;
    return beside;
  }
}
