import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { listOf, objectOf } from '../json-value.js';

/** Members whose pieces are concatenated. For every other member the last value wins. */
const CONCATENATED = new Set(['content', 'refusal', 'reasoning_content', 'reasoning', 'arguments']);
/** The event that carries the fields holds at most 1 MB. */
const MAX_CHARACTERS = 1_048_576;
const MAX_MEMBERS = 100;

type Fields = Record<string, unknown>;

const CHOICES = 'choices';

/** Members of the answer that are not the completion's, so nothing has to be kept for them. */
const ADDED_MEMBERS: ReadonlySet<string> = new Set(['stop_sequence', 'delta']);

/**
 * Merges the chunks of a stream into the part of a completion that `additionalModelResponseFieldPaths` point into. Of
 * other members nothing is kept: many clients ask for the stop sequence alone.
 */
export class CompletionAccumulator {
  private readonly root: Fields = {};
  private readonly choice: Fields = {};
  private readonly message: Fields = {};
  private readonly toolCalls: Fields[] = [];
  private remaining = MAX_CHARACTERS;

  private constructor(private readonly members: readonly string[]) {}

  /** Undefined when the paths point into no part of the completion. */
  static of(paths: readonly string[] | null | undefined): CompletionAccumulator | undefined {
    const members = new Set((paths ?? []).map(firstMember).filter((member) => !ADDED_MEMBERS.has(member)));
    return members.size === 0 ? undefined : new CompletionAccumulator([...members]);
  }

  read(chunk: ChatCompletionAnswer, choice: ChoiceAnswer | undefined): void {
    for (const member of this.members) {
      if (member !== CHOICES && chunk[member] != null) this.merge(this.root, { [member]: chunk[member] });
    }
    if (choice !== undefined && this.members.includes(CHOICES)) this.readChoice(choice);
  }

  private readChoice(choice: ChoiceAnswer): void {
    const { delta, message, ...rest } = choice;
    this.merge(this.choice, rest);
    const { tool_calls: toolCalls, ...fields } = objectOf(delta) ?? objectOf(message) ?? {};
    this.merge(this.message, fields);
    const single = objectOf(toolCalls);
    const entries = single === undefined ? listOf(toolCalls) : [single];
    entries.forEach((entry, position) => this.mergeToolCall(objectOf(entry) ?? {}, position));
  }

  get completion(): ChatCompletionAnswer {
    const toolCalls = this.toolCalls.length > 0 && { tool_calls: this.toolCalls };
    const message = { ...this.message, ...toolCalls };
    return { ...this.root, object: 'chat.completion', choices: [{ ...this.choice, message }] };
  }

  get keptCharacters(): number {
    return MAX_CHARACTERS - this.remaining;
  }

  private mergeToolCall(entry: Fields, position: number): void {
    const index = typeof entry.index === 'number' ? entry.index : position;
    const call = this.toolCalls[index] ?? {};
    if (index === this.toolCalls.length && index < MAX_MEMBERS) this.toolCalls.push(call);
    const { function: called, ...rest } = entry;
    this.merge(call, rest);
    const current = objectOf(call.function) ?? {};
    this.merge(current, objectOf(called) ?? {});
    call.function = current;
  }

  private merge(into: Fields, from: Fields): void {
    for (const [member, value] of Object.entries(from)) {
      if (value == null || value === '' || member === '__proto__') continue;
      const current = Object.hasOwn(into, member) ? into[member] : undefined;
      const pieces = typeof current === 'string' && typeof value === 'string' && CONCATENATED.has(member);
      if (pieces) into[member] = current + this.limited(value);
      else if (current !== undefined || Object.keys(into).length < MAX_MEMBERS) into[member] = value;
    }
  }

  private limited(piece: string): string {
    const kept = piece.slice(0, this.remaining);
    this.remaining -= kept.length;
    return kept;
  }
}

/** The first segment of a JSON Pointer. */
function firstMember(path: string): string {
  return path.split('/', 2)[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
}
