import { createHash } from 'node:crypto';
import type { ConverseRequestDto } from '../../src/bedrock/converse/converse-request.dto.js';
import { BedrockException } from '../../src/bedrock/bedrock.exception.js';
import type { ContentBlockDto } from '../../src/bedrock/converse/content-block.dto.js';
import type { DialectName } from '../../src/config/dialect-names.js';
import type { ChatMessage } from '../../src/openai/chat-completion.js';
import type { Dialect } from '../../src/openai/dialect.js';
import { type MappedRequest, RequestMapper } from '../../src/translation/request/request.mapper.js';
import type { TranslationOptions } from '../../src/translation/translation.options.js';
import { targetOf } from './upstream-target.js';

/** The members of a request as plain JSON. */
export type ConverseRequest = Pick<ConverseRequestDto, keyof ConverseRequestDto>;

export const HELLO = { role: 'user' as const, content: [{ text: 'Hello' }] };

/** Calls the mapper; adds messages to a request that has none. */
export function mapRequest(
  request: ConverseRequest,
  dialect: DialectName | Dialect = 'generic',
  unsupportedParameters: TranslationOptions['unsupportedParameters'] = 'ignore',
  model?: string,
): MappedRequest {
  const mapper = new RequestMapper({
    unsupportedParameters,
    newToolUseId: () => 'tooluse_0123456789abcdefghijkl',
    digest: (text) => createHash('sha256').update(text).digest(),
  });
  return mapper.map(
    { messages: [HELLO], ...request },
    targetOf(dialect, model === undefined ? {} : { model }),
  );
}

/** The chat messages for a conversation. */
export function mapMessages(
  messages: ConverseRequest['messages'],
  dialect: DialectName = 'generic',
): ChatMessage[] {
  return mapRequest({ messages }, dialect).params.messages;
}

/** The chat messages for one user turn. */
export function mapUser(content: ContentBlockDto[], dialect: DialectName = 'generic'): ChatMessage[] {
  return mapMessages([{ role: 'user', content }], dialect);
}

/** The name and message of the exception, or a text that says that nothing was refused. */
export function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof BedrockException) return `${error.name}: ${error.message}`;
    throw error;
  }
  return 'nothing was refused';
}
