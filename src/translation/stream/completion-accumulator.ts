import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { listOf, objectOf } from '../json-value.js';

/** Members that come in pieces; of any other the last value stands. */
const IN_PIECES = new Set(['content', 'refusal', 'reasoning_content', 'reasoning', 'arguments']);
/** More would not fit into the event that carries it. */
const MAX_CHARACTERS = 1_048_576;
const MAX_MEMBERS = 100;

type Fields = Record<string, unknown>;

/** The chunks of a stream put together as the completion they would have been: what response paths point into. */
export class CompletionAccumulator {
  private readonly completion: Fields = {};
  private readonly choice: Fields = {};
  private readonly message: Fields = {};
  private readonly toolCalls: Fields[] = [];
  private room = MAX_CHARACTERS;

  read(chunk: ChatCompletionAnswer, choice: ChoiceAnswer | undefined): void {
    const { choices: _choices, ...completion } = chunk;
    this.merge(this.completion, completion);
    if (choice === undefined) return;
    const { delta, message, ...rest } = choice;
    this.merge(this.choice, rest);
    const { tool_calls: toolCalls, ...said } = objectOf(delta) ?? objectOf(message) ?? {};
    this.merge(this.message, said);
    const single = objectOf(toolCalls);
    const entries = single === undefined ? listOf(toolCalls) : [single];
    entries.forEach((entry, position) => this.mergeToolCall(objectOf(entry) ?? {}, position));
  }

  get answer(): ChatCompletionAnswer {
    const toolCalls = this.toolCalls.length > 0 && { tool_calls: this.toolCalls };
    const message = { ...this.message, ...toolCalls };
    return { ...this.completion, object: 'chat.completion', choices: [{ ...this.choice, message }] };
  }

  get keptCharacters(): number {
    return MAX_CHARACTERS - this.room;
  }

  private mergeToolCall(entry: Fields, position: number): void {
    const index = typeof entry.index === 'number' ? entry.index : position;
    const call = this.toolCalls[index] ?? {};
    if (index === this.toolCalls.length && index < MAX_MEMBERS) this.toolCalls.push(call);
    const { function: called, ...rest } = entry;
    this.merge(call, rest);
    const before = objectOf(call.function) ?? {};
    this.merge(before, objectOf(called) ?? {});
    call.function = before;
  }

  private merge(into: Fields, from: Fields): void {
    for (const [member, value] of Object.entries(from)) {
      if (value == null || value === '' || member === '__proto__') continue;
      const before = Object.hasOwn(into, member) ? into[member] : undefined;
      const pieces = typeof before === 'string' && typeof value === 'string' && IN_PIECES.has(member);
      if (pieces) into[member] = before + this.fitting(value);
      else if (before !== undefined || Object.keys(into).length < MAX_MEMBERS) into[member] = value;
    }
  }

  private fitting(piece: string): string {
    const fitting = piece.slice(0, this.room);
    this.room -= fitting.length;
    return fitting;
  }
}
