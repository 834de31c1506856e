import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConversationRole } from '../../bedrock/converse/message.dto.js';
import type { MemberOf } from '../../bedrock/union.js';

/** Refuses content that the upstream cannot take. Dropping it would change the meaning of the request. */
export function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`, { path });
}

/** Refuses a value that Bedrock would refuse too. */
export function invalid(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`, { path });
}

/** The converter for a block that a message of this role cannot hold. It throws, naming the block's path. */
export function refuseBlock(role: ConversationRole, member: MemberOf<ContentBlockDto>) {
  return (_block: unknown, _turn: unknown, path: string): never => {
    throw unsupported(`${path}.${member}`, `a message of the role ${role} cannot hold it.`);
  };
}
