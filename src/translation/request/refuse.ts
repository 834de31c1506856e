import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConversationRole } from '../../bedrock/converse/message.dto.js';
import type { MemberOf } from '../../bedrock/union.js';

/** Content that no field of the upstream can carry. Dropping it would change the meaning of the request. */
export function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`);
}

/** A value that Bedrock would not take either. */
export function invalid(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`);
}

/** The conversion of a block that a message of this role cannot hold: it throws, naming the block. */
export function refuseBlock(role: ConversationRole, member: MemberOf<ContentBlockDto>) {
  return (_block: unknown, _turn: unknown, path: string): never => {
    throw unsupported(`${path}.${member}`, `a message of the role ${role} cannot hold it.`);
  };
}
