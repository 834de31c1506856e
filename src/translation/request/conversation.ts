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

/** Text blocks of one turn, and turns that become one, are apart by a line break. */
const TURN_SEPARATOR = '\n';

/** One of the two. */
interface Waiting {
  readonly system?: string;
  readonly user?: UserMessage['content'];
}

/** The chat messages of a request as they grow, in an order that the upstream takes. */
export class Conversation {
  readonly messages: ChatMessage[] = [];
  private readonly tools = new ToolPairing();
  /** What came between a tool call and its result, where no message but a result may stand. */
  private waiting: Waiting[] = [];

  constructor(
    leading: SystemMessage | undefined,
    private readonly dialect: Dialect,
  ) {
    if (leading !== undefined) this.messages.push(leading);
  }

  /** Before the first turn the text belongs to the leading system message. */
  addSystem(text: string): void {
    const [leading] = this.messages;
    if (this.tools.waits) this.waiting.push({ system: text });
    else if (leading === undefined) this.messages.push({ role: 'system', content: text });
    else if (this.messages.length === 1 && leading.role === 'system')
      this.messages[0] = appendToSystemMessage(leading, text);
    else this.addMidConversationSystem(text);
  }

  /** @throws ValidationException when its results are not those of the turn before */
  addUser(turn: UserTurn, path: string): void {
    this.tools.answer(turn.toolUseIds, path);
    for (const message of turn.toolMessages) this.messages.push(message);
    const user = turn.parts.length > 0 ? partsToContent(turn.parts, TURN_SEPARATOR) : undefined;
    if (!this.tools.waits) this.addWaiting();
    if (user === undefined) return;
    if (this.tools.waits) this.waiting.push({ user });
    else this.addUserContent(user);
  }

  /** @throws ValidationException when tools of the turn before are unanswered, or an id stands twice */
  addAssistant(message: AssistantMessage, toolUseIds: readonly string[], path: string): void {
    // its calls would stand between those before and their results
    const before = this.tools.isInCalls ? this.messages.at(-1) : undefined;
    this.tools.use(toolUseIds, path);
    if (before?.role === 'assistant') appendToAssistantMessage(before, message, TURN_SEPARATOR);
    else this.messages.push(message);
  }

  /** @throws ValidationException when tools of the last turn are unanswered; `path` is where results belong */
  end(path: string): void {
    this.tools.close(path);
  }

  private addWaiting(): void {
    if (this.waiting.length === 0) return;
    const waited = this.waiting;
    this.waiting = [];
    for (const { system, user } of waited) {
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
