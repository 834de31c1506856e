import { ValidationException } from '../bedrock/bedrock.exception.js';
import { ModelId } from '../bedrock/model-id.js';

const MAX_CHARACTERS = 2_048;
/**
 * Characters that are invisible in a log or change how it looks: control characters (C0, DEL, C1), format characters
 * such as those of writing direction, line separators, lone surrogates, noncharacters, and default-ignorable characters.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
/** Path segments that a server behind the proxy might resolve. */
const DOT_SEGMENT = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * As `readModelOrPromptId`, for operations that take no prompts.
 * @throws ValidationException when the id cannot name a model, or is the ARN of a prompt
 */
export function readModelId(segments: string | readonly string[]): ModelId {
  const modelId = readModelOrPromptId(segments);
  if (modelId.resourceType !== 'prompt') return modelId;
  throw new ValidationException(
    'modelId: prompts of Prompt management can only be used with Converse, ConverseStream, InvokeModel and ' +
      'InvokeModelWithResponseStream. Name a model here.',
  );
}

/**
 * The segments of `*modelId` in a path, each decoded once → the id: a name, a name with slashes, or an ARN.
 * @throws ValidationException when the id cannot name a model or a prompt
 */
export function readModelOrPromptId(segments: string | readonly string[]): ModelId {
  const text = typeof segments === 'string' ? segments : segments.join('/');
  const modelId = isAcceptable(text) ? ModelId.read(text) : undefined;
  if (modelId === undefined) throw new ValidationException('The provided model identifier is invalid.');
  return modelId;
}

function isAcceptable(text: string): boolean {
  if (text.length === 0 || text.length > MAX_CHARACTERS) return false;
  return !INVISIBLE.test(text) && !DOT_SEGMENT.test(text);
}
