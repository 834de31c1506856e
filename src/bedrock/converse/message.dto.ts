import { Choice } from '../validation/choice.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { ContentBlockDto } from './content-block.dto.js';

const CONVERSATION_ROLES = ['user', 'assistant', 'system'] as const;

export type ConversationRole = (typeof CONVERSATION_ROLES)[number];

export class MessageDto {
  @Required() @Choice(CONVERSATION_ROLES) role!: ConversationRole;

  @Required() @Nested(() => ContentBlockDto, { each: true }) content!: ContentBlockDto[];
}
