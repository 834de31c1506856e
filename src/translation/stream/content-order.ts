import { UpstreamError } from '../../openai/upstream.error.js';
import type { ReasoningField } from '../reasoning-envelope.js';
import type { MessageEvents } from './message-events.js';
import type { ToolCall } from './tool-call.js';

/** Characters that may wait behind an open call, or for a held one to be whole. */
const MAX_WAITING_CHARACTERS = 1_048_576;

/** Text or reasoning that waits behind a tool call. */
interface Passage {
  field?: ReasoningField;
  unsent: string;
}

type Waiting = { call: ToolCall } | { passage: Passage };

export interface ContentOrderOptions {
  /** Each call is shown when it is whole; otherwise the first one as it comes. */
  buffered: boolean;
  toolUseId: (call: ToolCall) => string;
  toolName: (name: string) => string;
}

/**
 * Brings content into an order that blocks can have: one after the other. The upstream may work on several calls
 * at once, so what follows the first unfinished one waits.
 */
export class ContentOrder {
  /** A call was left out, because nobody could run it. */
  leftOut = false;
  /** Calls with content to come, and what waits behind the first. */
  private readonly line: Waiting[] = [];
  private readonly shown: ToolCall[] = [];

  constructor(
    private readonly message: MessageEvents,
    private readonly options: ContentOrderOptions,
  ) {}
}
