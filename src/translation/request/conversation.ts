import type {
  AssistantMessage,
  ChatMessage,
  SystemMessage,
  UserMessage,
} from '../../openai/chat-completion.js';
import type { Dialect } from '../../openai/dialect.js';
import { appendInPlace, appendToAssistantMessage } from './assistant-message.js';
import { partsToContent, textToContentPart } from './content/text.js';
import type { Provenance } from './provenance.js';
import { appendToSystemMessage } from './system.js';
import { ToolPairing } from './tool-pairing.js';
import type { UserTurn } from './user-turn.js';

/** Separates the text blocks of a turn, and turns that are merged. */
const TURN_SEPARATOR = '\n';

/** Without a provenance. */
const NOWHERE: readonly string[] = [];

/** Content that waits for tool results. Either member is set. */
interface PendingContent {
  readonly system?: string;
  readonly user?: UserMessage['content'];
  /** For the provenance. */
  readonly from: readonly string[];
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
    private readonly provenance?: Provenance,
  ) {
    if (leading !== undefined) this.messages.push(leading);
  }

  /** Adds a system turn. Before the first other turn its text joins the leading system message. */
  addSystem(text: string, path: string): void {
    const [leading] = this.messages;
    if (this.tools.waits) this.pending.push({ system: text, from: [path] });
    else if (leading === undefined) this.push({ role: 'system', content: text }, [path]);
    else if (this.messages.length === 1 && leading.role === 'system') this.extendLeading(leading, text, path);
    else this.addMidConversationSystem(text, [path]);
  }

  /** @throws ValidationException when its tool results do not match the calls of the previous turn */
  addUser(turn: UserTurn, path: string): void {
    this.tools.answer(turn.toolUseIds, path);
    for (const message of turn.toolMessages) this.messages.push(message);
    const user = turn.parts.length > 0 ? partsToContent(turn.parts, TURN_SEPARATOR) : undefined;
    if (!this.tools.waits) this.addPending();
    if (user === undefined) return;
    const from = this.provenance?.originsOf(turn.parts) ?? NOWHERE;
    if (this.tools.waits) this.pending.push({ user, from });
    else this.addUserContent(user, from);
  }

  /** @throws ValidationException when a call of the previous turn has no result, or a tool-use id is repeated */
  addAssistant(message: AssistantMessage, toolUseIds: readonly string[], path: string): void {
    // consecutive assistant turns with calls become one message, because their results must follow directly
    const before = this.tools.isInCalls ? this.messages.at(-1) : undefined;
    this.tools.use(toolUseIds, path);
    if (before?.role !== 'assistant') return void this.messages.push(message);
    appendToAssistantMessage(before, message, TURN_SEPARATOR);
    this.provenance?.join(before, message);
  }

  /** @throws ValidationException when a call of the last turn has no result. `path` is where the results belong. */
  end(path: string): void {
    this.tools.close(path);
  }

  private addPending(): void {
    if (this.pending.length === 0) return;
    const pending = this.pending;
    this.pending = [];
    for (const { system, user, from } of pending) {
      if (system !== undefined) this.addMidConversationSystem(system, from);
      if (user !== undefined) this.addUserContent(user, from);
    }
  }

  private extendLeading(leading: SystemMessage, text: string, path: string): void {
    const message = appendToSystemMessage(leading, text);
    this.messages[0] = message;
    if (this.provenance === undefined) return;
    this.provenance.object(message, [...this.provenance.originsOf([leading]), path]);
    const part = typeof message.content === 'string' ? undefined : message.content.at(-1);
    if (part !== undefined) this.provenance.object(part, [path]);
  }

  private addMidConversationSystem(text: string, from: readonly string[]): void {
    if (this.dialect.midConversationSystem === 'inplace') this.push({ role: 'system', content: text }, from);
    else this.addUserContent(`[system] ${text}`, from);
  }

  private addUserContent(content: UserMessage['content'], from: readonly string[]): void {
    const last = this.messages.at(-1);
    if (!this.dialect.mergeUserTurns || last?.role !== 'user')
      return this.push({ role: 'user', content }, from);
    const before = this.provenance?.originsOf([last]) ?? NOWHERE;
    if (typeof last.content === 'string' && typeof content === 'string')
      last.content += `${TURN_SEPARATOR}${content}`;
    else last.content = appendInPlace(this.toParts(last.content, before), this.toParts(content, from));
    this.provenance?.object(last, [...before, ...from]);
  }

  private push(message: ChatMessage, from: readonly string[]): void {
    this.messages.push(message);
    this.provenance?.object(message, from);
  }

  private toParts(
    content: UserMessage['content'],
    from: readonly string[],
  ): Exclude<UserMessage['content'], string> {
    if (typeof content !== 'string') return content;
    const part = textToContentPart(content);
    this.provenance?.object(part, from);
    return [part];
  }
}
