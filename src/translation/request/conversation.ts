import type {
  AssistantMessage,
  ChatMessage,
  SystemMessage,
  UserMessage,
} from '../../openai/chat-completion.js';
import type { Dialect } from '../../openai/dialect.js';
import { appendInPlace, appendToAssistantMessage } from './assistant-message.js';
import { partsToContent, textToContentPart } from './content/text.js';
import { appendToSystemMessage } from './system.js';
import { ToolPairing } from './tool-pairing.js';
import type { UserTurn } from './user-turn.js';

/** Separates the text blocks of a turn, and turns that are merged. */
const TURN_SEPARATOR = '\n';

/** Content that waits for tool results. Either member is set. */
interface PendingContent {
  readonly system?: string;
  readonly user?: UserMessage['content'];
}

/** Builds the chat messages of a request, in an order that the upstream accepts. */
export class Conversation {
  readonly messages: ChatMessage[] = [];
  private readonly tools = new ToolPairing();
  /** Content between a tool call and its result, where upstreams accept no other message. It is added after the result. */
  private pending: PendingContent[] = [];

  constructor(
    leading: SystemMessage | undefined,
    private readonly dialect: Dialect,
  ) {
    if (leading !== undefined) this.messages.push(leading);
  }

  /** Adds a system turn. Before the first other turn its text joins the leading system message. */
  addSystem(text: string): void {
    const [leading] = this.messages;
    if (this.tools.waits) this.pending.push({ system: text });
    else if (leading === undefined) this.messages.push({ role: 'system', content: text });
    else if (this.messages.length === 1 && leading.role === 'system')
      this.messages[0] = appendToSystemMessage(leading, text);
    else this.addMidConversationSystem(text);
  }

  /** @throws ValidationException when its tool results do not match the calls of the previous turn */
  addUser(turn: UserTurn, path: string): void {
    this.tools.answer(turn.toolUseIds, path);
    for (const message of turn.toolMessages) this.messages.push(message);
    const user = turn.parts.length > 0 ? partsToContent(turn.parts, TURN_SEPARATOR) : undefined;
    if (!this.tools.waits) this.addPending();
    if (user === undefined) return;
    if (this.tools.waits) this.pending.push({ user });
    else this.addUserContent(user);
  }

  /** @throws ValidationException when a call of the previous turn has no result, or a tool-use id is repeated */
  addAssistant(message: AssistantMessage, toolUseIds: readonly string[], path: string): void {
    // consecutive assistant turns with calls become one message, because their results must follow directly
    const before = this.tools.isInCalls ? this.messages.at(-1) : undefined;
    this.tools.use(toolUseIds, path);
    if (before?.role === 'assistant') appendToAssistantMessage(before, message, TURN_SEPARATOR);
    else this.messages.push(message);
  }

  /** @throws ValidationException when a call of the last turn has no result. `path` is where the results belong. */
  end(path: string): void {
    this.tools.close(path);
  }

  private addPending(): void {
    if (this.pending.length === 0) return;
    const pending = this.pending;
    this.pending = [];
    for (const { system, user } of pending) {
      if (system !== undefined) this.addMidConversationSystem(system);
      if (user !== undefined) this.addUserContent(user);
    }
  }

  private addMidConversationSystem(text: string): void {
    if (this.dialect.midConversationSystem === 'inplace')
      this.messages.push({ role: 'system', content: text });
    else this.addUserContent(`[system] ${text}`);
  }

  private addUserContent(content: UserMessage['content']): void {
    const last = this.messages.at(-1);
    if (!this.dialect.mergeUserTurns || last?.role !== 'user') this.messages.push({ role: 'user', content });
    else if (typeof last.content === 'string' && typeof content === 'string')
      last.content += `${TURN_SEPARATOR}${content}`;
    else last.content = appendInPlace(toParts(last.content), toParts(content));
  }
}

function toParts(content: UserMessage['content']): Exclude<UserMessage['content'], string> {
  return typeof content === 'string' ? [textToContentPart(content)] : content;
}
