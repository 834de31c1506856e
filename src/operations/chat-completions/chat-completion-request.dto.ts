import { IsOptional } from 'class-validator';
import { Flag } from '../../bedrock/validation/flag.decorator.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { type Rule, ruleDecorator, STRUCTURE } from '../../bedrock/validation/rule.js';
import { Text } from '../../bedrock/validation/text.decorator.js';
import type { ChatRequest } from '../../translation/chat-completions/chat-request.js';

/** A string, or a list of parts. */
const CONTENT: Rule = {
  name: 'content',
  accepts: (value) => typeof value === 'string' || (Array.isArray(value) && value.every(STRUCTURE.accepts)),
  constraint: () => 'Member must be a string or a list of objects',
};

export class ChatMessageDto {
  @Required() @Text({ min: 1 }) role!: string;

  @IsOptional() @ruleDecorator(CONTENT) content?: unknown;
}

export class ChatToolDto {
  @IsOptional() @Text({ min: 1 }) type?: string | null;
}

export class StreamOptionsDto {
  @IsOptional() @Flag() include_usage?: boolean | null;
}

/** OpenAI's limit. */
const MAX_CHOICES = 128;

/**
 * The body of a chat completion request, as far as the proxy reads it. The server checks the rest.
 * https://platform.openai.com/docs/api-reference/chat/create
 */
export class ChatCompletionRequestDto implements ChatRequest {
  [member: string]: unknown;

  @Required() @Nested(() => ChatMessageDto, { each: true, min: 1 }) messages!: ChatMessageDto[];

  @IsOptional() @Nested(() => ChatToolDto, { each: true }) tools?: ChatToolDto[] | null;

  @IsOptional() @Integer({ min: 1, max: MAX_CHOICES }) n?: number | null;

  @IsOptional() @Flag() stream?: boolean | null;

  @IsOptional() @Nested(() => StreamOptionsDto) stream_options?: StreamOptionsDto | null;
}
