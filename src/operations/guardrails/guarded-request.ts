import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { GuardedContent, GuardedImage, GuardedText } from '../../guardrails/guarded-content.js';
import { toGuardedImages, toGuardedText } from './guard-content.js';

type Block = Pick<ContentBlockDto, 'text' | 'guardContent' | 'image'>;

/**
 * What is examined of a request: the guarded content of its messages, or without such content the texts and images of all
 * user turns; and the guarded content of the system prompt. Tools, their results and reasoning are not examined.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
export function guardedContentOf(request: ConverseRequestDto): GuardedContent {
  const blocks = [...examinedBlocks(request)];
  return {
    texts: blocks.flatMap((block) => textOf(block)),
    images: blocks.flatMap((block) => imagesOf(block)),
  };
}

/** The request with other texts in place of those of `guardedContentOf`, in the same order, and without its guardrail. */
export function withTexts(request: ConverseRequestDto, texts: readonly string[]): ConverseRequestDto {
  const rest = [...texts];
  const isExamined = new Set<Block>(examinedBlocks(request));
  const replaced = <Value extends Block>(block: Value): Value =>
    isExamined.has(block) && textOf(block).length > 0 ? withText(block, rest.shift() ?? '') : block;
  // in the order of examinedBlocks
  const system = request.system?.map((block) => replaced(block));
  const messages = request.messages?.map(({ role, content }) => ({
    role,
    content: content.map((block) => replaced(block)),
  }));
  return withoutGuardrail(request, { system, messages });
}

/** A copy of the request, with other members where they are given. */
export function withoutGuardrail(
  request: ConverseRequestDto,
  changes: Pick<ConverseRequestDto, 'system' | 'messages'> = {},
): ConverseRequestDto {
  const changed = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return Object.assign({}, request, changed, { guardrailConfig: undefined });
}

function* examinedBlocks({ system, messages }: ConverseRequestDto): Generator<Block> {
  for (const block of system ?? []) if (block.guardContent != null) yield block;
  const blocks = (messages ?? []).flatMap(({ role, content }) => content.map((block) => ({ role, block })));
  const hasGuarded = blocks.some(({ block }) => block.guardContent != null);
  for (const { role, block } of blocks) {
    if (hasGuarded ? block.guardContent != null : role === 'user') yield block;
  }
}

function textOf({ text, guardContent }: Block): GuardedText[] {
  if (text != null) return [{ text, isGuarded: true }];
  return guardContent?.text == null ? [] : [toGuardedText(guardContent.text)];
}

function imagesOf({ image, guardContent }: Block): GuardedImage[] {
  if (guardContent?.image != null) return toGuardedImages(guardContent.image);
  const bytes = image?.source.bytes;
  return image == null || bytes == null ? [] : [{ mediaType: `image/${image.format}`, base64: bytes }];
}

function withText<Value extends Block>(block: Value, text: string): Value {
  const { guardContent } = block;
  if (guardContent?.text == null) return Object.assign({}, block, { text });
  const guarded = { text: Object.assign({}, guardContent.text, { text }) };
  return Object.assign({}, block, { guardContent: guarded });
}
