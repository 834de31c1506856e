import { ValidationException } from '../bedrock/bedrock.exception.js';
import { ModelId } from '../bedrock/model-id.js';

const MAX_CHARACTERS = 2_048;
/**
 * What nobody sees in a log, or sees otherwise than it is: control characters (C0, DEL, C1), format characters (of
 * writing direction among them), separators of lines, halves of surrogate pairs, noncharacters and what is drawn as
 * nothing.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
/** Path segments that something downstream might resolve. */
const DOT_SEGMENT = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * The `*modelId` of a path, each segment decoded once → the model id: a name, a name with slashes, or an ARN.
 * @throws ValidationException when no upstream could be asked for it
 */
export function readModelId(segments: string | readonly string[]): ModelId {
  const text = typeof segments === 'string' ? segments : segments.join('/');
  const modelId = isAcceptable(text) ? ModelId.read(text) : undefined;
  if (modelId === undefined) throw new ValidationException('The provided model identifier is invalid.');
  if (modelId.resourceType === 'prompt') {
    throw new ValidationException(
      'modelId: prompts of Prompt management are not supported. Send messages instead.',
    );
  }
  return modelId;
}

function isAcceptable(text: string): boolean {
  if (text.length === 0 || text.length > MAX_CHARACTERS) return false;
  return !INVISIBLE.test(text) && !DOT_SEGMENT.test(text);
}
