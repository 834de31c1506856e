import type { AssistantMessage, ToolCall } from '../../openai/chat-completion.js';
import type { Provenance } from './provenance.js';

/** What an assistant turn has collected so far. */
interface Collected {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly reasoning: readonly unknown[];
}

const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_details', 'thinking_blocks'] as const;

/** Notes which block of an assistant turn adds what, and records it for the message. */
export class AssistantOrigins {
  private readonly texts: string[] = [];
  private readonly reasoning: string[] = [];
  private textLength = 0;
  private toolCalls = 0;
  private reasoningCount = 0;

  constructor(private readonly provenance: Provenance) {}

  /** Call it after each block, with the block's path. */
  note({ text, toolCalls, reasoning }: Collected, path: string): void {
    if (text.length > this.textLength) this.texts.push(path);
    if (reasoning.length > this.reasoningCount) this.reasoning.push(path);
    for (const toolCall of toolCalls.slice(this.toolCalls)) this.noteToolCall(toolCall, path);
    this.textLength = text.length;
    this.toolCalls = toolCalls.length;
    this.reasoningCount = reasoning.length;
  }

  record(message: AssistantMessage, { toolCalls }: Collected, path: string): void {
    const { provenance, texts, reasoning } = this;
    provenance.object(message, [path]);
    provenance.member(message, 'role', `${path}.role`);
    provenance.member(message, 'content', ...(texts.length > 0 ? texts : ['dialect']));
    for (const field of REASONING_FIELDS) {
      if (message[field] !== undefined) provenance.member(message, field, ...reasoning);
    }
    for (const [index, toolCall] of (message.tool_calls ?? []).entries()) {
      const original = toolCalls[index];
      if (original === undefined || original === toolCall) continue;
      // a copy with a thought signature
      provenance.join(toolCall, original);
      provenance.member(toolCall, 'extra_content', ...(reasoning.length > 0 ? reasoning : ['dialect']));
    }
  }

  private noteToolCall(toolCall: ToolCall, path: string): void {
    this.provenance.object(toolCall, [path]);
    this.provenance.member(toolCall, 'id', `${path}.toolUseId`);
    this.provenance.members(toolCall.function, { name: `${path}.name`, arguments: `${path}.input` });
  }
}
