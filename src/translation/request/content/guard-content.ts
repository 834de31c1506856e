import type {
  GuardrailConverseContentBlockDto,
  GuardrailConverseTextBlockDto,
} from '../../../bedrock/converse/guard-content-block.dto.js';
import { visit, type Visitor } from '../../../bedrock/union.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import { unsupported } from '../refuse.js';
import type { RequestContext } from '../request-context.js';
import { imageToContentPart } from './image.js';
import { textToContentPart } from './text.js';

/** `guardContent` → a part with its text or image. */
export function guardContentToContentPart(
  guardContent: GuardrailConverseContentBlockDto,
  path: string,
  context: RequestContext,
): ContentPart {
  return visit(guardContent, TO_PART, path, context);
}

/**
 * `guardContent` → its text.
 * @throws ValidationException for an image
 */
export function guardContentToText(
  guardContent: GuardrailConverseContentBlockDto,
  path: string,
  context: RequestContext,
): string {
  return visit(guardContent, TO_TEXT, path, context);
}

type Unwrap<Result> = Visitor<
  GuardrailConverseContentBlockDto,
  [path: string, context: RequestContext],
  Result
>;

const TO_TEXT: Unwrap<string> = {
  text: unwrapText,
  image: (_, path) => {
    throw unsupported(`${path}.image`, 'only text can be carried here.');
  },
};

const TO_PART: Unwrap<ContentPart> = {
  text: (text, path, context) => textToContentPart(unwrapText(text, path, context)),
  image: (image, path, context) => imageToContentPart(image, `${path}.image`, context),
};

/** The qualifiers only concern a guardrail, so they are dropped and reported. */
function unwrapText(
  { text, qualifiers }: GuardrailConverseTextBlockDto,
  path: string,
  { ignored }: RequestContext,
): string {
  if (qualifiers != null && qualifiers.length > 0) ignored.hint(`${path}.text.qualifiers`);
  return text;
}
