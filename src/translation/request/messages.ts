import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConversationRole, MessageDto } from '../../bedrock/converse/message.dto.js';
import type { ChatMessage } from '../../openai/chat-completion.js';
import { assistantTurnToMessage } from './assistant-turn.js';
import { Conversation } from './conversation.js';
import { replaysReasoning } from './required-reasoning.js';
import { invalid } from './refuse.js';
import type { RequestContext } from './request-context.js';
import { systemTurnToText } from './system-turn.js';
import { systemToSystemMessage } from './system.js';
import { readUserTurn } from './user-turn.js';

/**
 * `system` and `messages` → chat messages: one leading system message; for each user turn its tool messages, then one
 * user message; for each assistant turn one assistant message, also when it is the last turn.
 * @throws ValidationException when a turn is empty, tool results do not match, or content cannot be translated
 */
export function messagesToChatMessages(
  { messages, system, toolConfig }: Pick<ConverseRequestDto, 'messages' | 'system' | 'toolConfig'>,
  context: RequestContext,
): ChatMessage[] {
  if (messages == null || messages.length === 0) throw invalid('messages', 'at least one message is needed.');
  const leading = systemToSystemMessage(system ?? [], context);
  const conversation = new Conversation(leading, context.dialect, context.provenance);
  const replays = replaysReasoning(messages, (toolConfig?.tools ?? []).length > 0, context.dialect);
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`;
    if (message.content.length === 0) throw emptyContent(path);
    ADD_TURN[message.role](conversation, message, path, { context, replaysReasoning: replays(index) });
  }
  conversation.end(`messages.${messages.length}`);
  return conversation.messages;
}

interface Turn {
  readonly context: RequestContext;
  readonly replaysReasoning: boolean;
}

const ADD_TURN: Record<
  ConversationRole,
  (conversation: Conversation, message: MessageDto, path: string, turn: Turn) => void
> = {
  user: (conversation, { content }, path, { context }) => {
    const turn = readUserTurn(content, path, context);
    if (turn.parts.length + turn.toolMessages.length === 0) throw blankContent(content, path);
    conversation.addUser(turn, path);
  },
  assistant: (conversation, { content }, path, { context, replaysReasoning }) => {
    const { message, toolUseIds } = assistantTurnToMessage(content, path, context, replaysReasoning);
    conversation.addAssistant(message, toolUseIds, path);
  },
  system: (conversation, { content }, path, { context }) => {
    const text = systemTurnToText(content, path, context);
    if (text !== '') conversation.addSystem(text, `${path}.content`);
  },
};

function emptyContent(path: string): ValidationException {
  return new ValidationException(
    `The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`,
    { path },
  );
}

/** Blank text is skipped, so a turn without any other content is refused. */
function blankContent(content: MessageDto['content'], path: string): ValidationException {
  const blank = content.findIndex(({ text }) => text != null);
  if (blank === -1) return emptyContent(path);
  const where = `${path}.content.${blank}`;
  return new ValidationException(
    `The text field in the ContentBlock object at ${where} is blank. Add text to the text field, and try again.`,
    { path: where },
  );
}
