import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { NativePaths } from '../native-paths.js';
import { invalid } from '../refuse.js';
import type {
  CommandRRequestDto,
  CommandRToolCallDto,
  CommandRToolResultDto,
  CommandRTurnDto,
} from './command-r-request.dto.js';

/**
 * `chat_history`, `message`, `documents` and `tool_results` → messages. Cohere's calls have no ids, so the calls of the
 * conversation are numbered. Results whose calls are not in the history get a message with them.
 * @param documents blocks that stand before the user's message
 */
export function toConversation(
  { chat_history, message, tool_results }: CommandRRequestDto,
  documents: readonly ContentBlockDto[],
  paths: NativePaths,
): MessageDto[] {
  const conversation = new Conversation(paths);
  for (const [index, turn] of (chat_history ?? []).entries()) conversation.add(turn, `chat_history.${index}`);
  const results = tool_results ?? [];
  if (message === '' && results.length === 0) throw invalid('message', 'it is empty.');
  // results must follow their calls at once
  const isAwaited = conversation.awaits(results);
  if (isAwaited) conversation.addResults(results, 'tool_results');
  if (message !== '' || documents.length > 0) conversation.addUser(message, 'message', documents);
  if (!isAwaited && results.length > 0) conversation.addResults(results, 'tool_results');
  return conversation.messages;
}

/** A call that waits for its result. */
interface OpenCall {
  readonly toolUseId: string;
  readonly name: string;
}

class Conversation {
  readonly messages: MessageDto[] = [];
  #open: OpenCall[] = [];
  #calls = 0;

  constructor(private readonly paths: NativePaths) {}

  add({ role, message: said, tool_calls, tool_results }: CommandRTurnDto, path: string): void {
    const message = said ?? '';
    const isTool = role === 'TOOL';
    if (isTool && tool_results != null) return this.addResults(tool_results, `${path}.tool_results`);
    if (role === 'CHATBOT') return this.#addAssistant(message, tool_calls ?? [], path);
    if (message === '') throw invalid(`${path}.message`, 'it is empty.');
    if (role === 'SYSTEM') this.#push(path, { role: 'system', content: [{ text: message }] });
    else this.addUser(message, path);
  }

  addUser(text: string, path: string, blocks: readonly ContentBlockDto[] = []): void {
    const content = text === '' ? [...blocks] : [...blocks, { text }];
    this.#push(path, { role: 'user', content });
  }

  /** Whether these are results of the latest calls in the history. */
  awaits(results: readonly CommandRToolResultDto[]): boolean {
    return (
      results.length > 0 && results.every(({ call }) => this.#open.some(({ name }) => name === call.name))
    );
  }

  addResults(results: readonly CommandRToolResultDto[], path: string): void {
    if (!this.awaits(results)) {
      const calls = results.map(({ call }) => call);
      this.#addAssistant('', calls, path);
    }
    const content = results.map(({ call, outputs }, index) => {
      const json = outputs;
      return this.paths.from(`${path}.${index}`, {
        toolResult: { toolUseId: this.#answer(call.name, `${path}.${index}.call`), content: [{ json }] },
      });
    });
    this.#push(path, { role: 'user', content });
  }

  #addAssistant(text: string, calls: readonly CommandRToolCallDto[], path: string): void {
    this.#open = calls.map(({ name }) => ({ toolUseId: this.#nextId(), name }));
    const uses = this.#open.map(({ toolUseId, name }, index) => ({
      toolUse: { toolUseId, name, input: calls[index]?.parameters ?? {} },
    }));
    const content: ContentBlockDto[] = text === '' ? uses : [{ text }, ...uses];
    if (content.length > 0) this.#push(path, { role: 'assistant', content });
  }

  /** Calls of one name are answered in their order. */
  #answer(name: string, path: string): string {
    const index = this.#open.findIndex((call) => call.name === name);
    const [call] = index === -1 ? [] : this.#open.splice(index, 1);
    if (call === undefined) throw invalid(path, 'there are more results than calls.');
    return call.toolUseId;
  }

  #nextId(): string {
    this.#calls += 1;
    return `call_${this.#calls}`;
  }

  #push(path: string, message: MessageDto): void {
    this.messages.push(this.paths.from(path, message));
  }
}
