import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConversationRole } from '../../bedrock/converse/message.dto.js';
import type { MemberOf } from '../../bedrock/union.js';
import { unsupported } from './refuse.js';

/** The conversion of a block that a message of this role cannot hold: it throws, naming the block. */
export function refuseBlock(role: ConversationRole, member: MemberOf<ContentBlockDto>) {
  return (_block: unknown, _turn: unknown, path: string): never => {
    throw unsupported(`${path}.${member}`, `a message of the role ${role} cannot hold it.`);
  };
}
