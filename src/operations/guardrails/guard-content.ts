import type { GuardrailConverseContentBlockDto } from '../../bedrock/converse/guard-content-block.dto.js';
import type { GuardedContent, GuardedImage, GuardedText } from '../../guardrails/guarded-content.js';

/** Content with qualifiers, as in ApplyGuardrail and `guardContent` of Converse. */
export function toGuardedContent(blocks: readonly GuardrailConverseContentBlockDto[]): GuardedContent {
  return {
    texts: blocks.flatMap(({ text }) => (text == null ? [] : [toGuardedText(text)])),
    images: blocks.flatMap(({ image }) => (image == null ? [] : toGuardedImages(image))),
  };
}

/** Sources and queries serve contextual grounding only, unless they are content to guard as well. */
export function toGuardedText({
  text,
  qualifiers,
}: NonNullable<GuardrailConverseContentBlockDto['text']>): GuardedText {
  const isGuarded = qualifiers == null || qualifiers.length === 0 || qualifiers.includes('guard_content');
  return { text, isGuarded };
}

export function toGuardedImages({
  format,
  source,
}: NonNullable<GuardrailConverseContentBlockDto['image']>): GuardedImage[] {
  return source.bytes == null ? [] : [{ mediaType: `image/${format}`, base64: source.bytes }];
}
