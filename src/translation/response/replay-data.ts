import type { MessageAnswer, ToolCallAnswer } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { type ReasoningField, encodeReasoningEnvelope } from '../reasoning-envelope.js';
import { nestsWithin, objectOf, objectsOf, textOf } from '../json-value.js';

/** Characters that are kept at most: a signature carries no more. */
const MAX_CHARACTERS = 65_536;
const MAX_ENTRY_LEVELS = 10;
/** Members that come in pieces. */
const GROWING_MEMBERS: ReadonlySet<string> = new Set(['text', 'summary', 'thinking']);

type Entry = Record<string, unknown>;

/** What a server wants back beside the text of its reasoning, collected until a signature takes it along. */
export class ReplayData {
  private details: Entry[] = [];
  private thinkingBlocks: Entry[] = [];
  private thoughtSignatures = new Map<string, string>();
  private room = MAX_CHARACTERS;

  get keptCharacters(): number {
    return MAX_CHARACTERS - Math.max(0, this.room);
  }

  /** Keeps what a whole message carries, unmodified and in order. */
  collect(message: MessageAnswer): void {
    for (const detail of entriesOf(message.reasoning_details)) this.keep(this.details, detail);
    for (const block of entriesOf(message.thinking_blocks)) this.keep(this.thinkingBlocks, block);
  }

  /** Keeps what a delta carries: pieces of one entry are put together. */
  collectDelta(delta: MessageAnswer): void {
    for (const detail of entriesOf(delta.reasoning_details)) {
      if (!this.join(this.details.at(-1), detail, continuesDetail)) this.keep(this.details, detail);
    }
    for (const block of entriesOf(delta.thinking_blocks)) {
      if (!this.join(this.thinkingBlocks.at(-1), block, continuesThinking)) {
        this.keep(this.thinkingBlocks, block);
      }
    }
  }

  /** Keeps the thought signature that Gemini puts on a tool call. */
  collectToolCall(toolUseId: string, toolCall: ToolCallAnswer): void {
    const google = objectOf(objectOf(toolCall.extra_content)?.google);
    const signature = textOf(google?.thought_signature);
    if (signature === undefined || !this.take(signature.length)) return;
    this.thoughtSignatures.set(toolUseId, signature);
  }

  /** Whether reasoning without a text, which the server wants back, waits for a signature to go with. */
  needsSignature({ dialect: { reasoningReplay } }: UpstreamTarget): boolean {
    if (this.room < 0) return false;
    if (reasoningReplay === 'reasoning_details') return this.details.some(isEncrypted);
    return reasoningReplay === 'thinking_blocks' && this.thinkingBlocks.some(isEncrypted);
  }

  /** The signature of a reasoning block whose text came in a field. What was collected goes with it, once. */
  seal({ upstream: { name: upstream }, model }: UpstreamTarget, field: ReasoningField): string {
    const whole = this.room >= 0;
    const [details, blocks, signatures] = [this.details, this.thinkingBlocks, this.thoughtSignatures];
    this.clear();
    if (!whole) return encodeReasoningEnvelope({ upstream, model, field });
    if (details.length > 0)
      return encodeReasoningEnvelope({ upstream, model, field: 'reasoning_details', data: details });
    if (blocks.length > 0)
      return encodeReasoningEnvelope({ upstream, model, field: 'thinking_blocks', data: blocks });
    const data = signatures.size > 0 ? Object.fromEntries(signatures) : undefined;
    return encodeReasoningEnvelope({ upstream, model, field, data });
  }

  private keep(entries: Entry[], entry: Entry): void {
    if (this.take(JSON.stringify(entry).length)) entries.push({ ...entry });
  }

  /** Adds the texts of a piece to the entry that it continues, and takes over what it knows besides. */
  private join(last: Entry | undefined, piece: Entry, continues: typeof continuesDetail): boolean {
    if (last === undefined || !continues(last, piece)) return false;
    for (const [member, value] of Object.entries(piece)) {
      if (value == null || value === '' || !this.take(JSON.stringify(value).length)) continue;
      const grows = GROWING_MEMBERS.has(member) && typeof value === 'string';
      last[member] = grows ? (textOf(last[member]) ?? '') + value : value;
    }
    return true;
  }

  /** Data that does not fit is of no use in part, so nothing of it is kept. */
  private take(characters: number): boolean {
    this.room -= characters;
    return this.room >= 0;
  }

  private clear(): void {
    this.details = [];
    this.thinkingBlocks = [];
    this.thoughtSignatures = new Map();
    this.room = MAX_CHARACTERS;
  }
}

/** OpenRouter's details and LiteLLM's blocks whose text the model's provider keeps to itself. */
function isEncrypted({ type }: Entry): boolean {
  return type === 'reasoning.encrypted' || type === 'redacted_thinking';
}

function entriesOf(list: unknown): Entry[] {
  return objectsOf(list).filter(
    (entry) => nestsWithin(entry, MAX_ENTRY_LEVELS) && !Object.hasOwn(entry, '__proto__'),
  );
}

/** OpenRouter streams a text or a summary in pieces that share an index; encrypted data come whole. */
function continuesDetail(last: Entry, piece: Entry): boolean {
  const sameEntry = last.type === piece.type && last.index != null && last.index === piece.index;
  return sameEntry && piece.type !== 'reasoning.encrypted';
}

/** LiteLLM streams a block in pieces, the signature with or after the last one. */
function continuesThinking(last: Entry, piece: Entry): boolean {
  const open = textOf(last.signature) === undefined;
  return last.type === 'thinking' && piece.type === 'thinking' && open;
}
