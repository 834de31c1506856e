import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';
import type { GuardedContent, GuardedImage, GuardedText } from '../../guardrails/guarded-content.js';
import type { ReadDocuments } from '../../translation/request/read-documents.js';
import { toGuardedImages, toGuardedText } from './guard-content.js';

type Block = Pick<ContentBlockDto, 'text' | 'guardContent' | 'image' | 'document'>;

/** Whose texts are examined when no content is marked: the user's, or all, as in a prompt that values were put into. */
export type ExaminedScope = 'user' | 'all';

interface Examination {
  readonly scope: ExaminedScope;
  /** What `examinedDocuments` became. */
  readonly documents: ReadDocuments;
}

/**
 * What is examined of a request: the guarded content of its messages, or without such content the texts, images and
 * documents of all user turns; and the guarded content of the system prompt. Tools, their results and reasoning are not
 * examined. Bedrock does not look into documents: here a text is examined in whatever form it comes.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
export function guardedContentOf(
  request: ConverseRequestDto,
  { scope, documents }: Examination,
): GuardedContent {
  const blocks = [...examinedBlocks(request, scope)];
  return {
    texts: blocks.flatMap((block) => textOf(block, documents)),
    images: blocks.flatMap((block) => imagesOf(block, documents)),
  };
}

/** The documents of a request whose texts are examined. */
export function examinedDocuments(
  request: ConverseRequestDto,
  scope: ExaminedScope,
): ReadonlySet<DocumentBlockDto> {
  return new Set([...examinedBlocks(request, scope)].flatMap(({ document }) => document ?? []));
}

/**
 * The request with other texts in place of those of `guardedContentOf`, in the same order, and without its guardrail. A
 * document with a text is replaced by it, so that what is examined is what is sent.
 */
export function withTexts(
  request: ConverseRequestDto,
  texts: readonly string[],
  { scope, documents }: Examination,
): ConverseRequestDto {
  const rest = [...texts];
  const isExamined = new Set<Block>(examinedBlocks(request, scope));
  const replaced = <Value extends Block>(block: Value): Value =>
    isExamined.has(block) && textOf(block, documents).length > 0
      ? withText(block, rest.shift() ?? '')
      : block;
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

function* examinedBlocks({ system, messages }: ConverseRequestDto, scope: ExaminedScope): Generator<Block> {
  const blocks = (messages ?? []).flatMap(({ role, content }) => content.map((block) => ({ role, block })));
  const hasGuarded = blocks.some(({ block }) => block.guardContent != null);
  const isAll = scope === 'all' && !hasGuarded;
  for (const block of system ?? []) if (isAll || block.guardContent != null) yield block;
  for (const { role, block } of blocks) {
    if (hasGuarded ? block.guardContent != null : isAll || role === 'user') yield block;
  }
}

function textOf({ text, guardContent, document }: Block, documents: ReadDocuments): GuardedText[] {
  const whole = text ?? textOfDocument(document, documents);
  if (whole != null) return [{ text: whole, isGuarded: true }];
  return guardContent?.text == null ? [] : [toGuardedText(guardContent.text)];
}

/** Undefined also for a document that is examined by its pictures: it stays as it is. */
function textOfDocument(document: Block['document'], documents: ReadDocuments): string | undefined {
  const read = document == null ? undefined : documents.get(document);
  return read?.pictures.length === 0 ? read.text : undefined;
}

function imagesOf({ image, guardContent, document }: Block, documents: ReadDocuments): GuardedImage[] {
  if (document != null) {
    const { pictures = [] } = documents.get(document) ?? {};
    return pictures.map(({ base64 }) => ({ mediaType: 'image/jpeg', base64 }));
  }
  if (guardContent?.image != null) return toGuardedImages(guardContent.image);
  const bytes = image?.source.bytes;
  return image == null || bytes == null ? [] : [{ mediaType: `image/${image.format}`, base64: bytes }];
}

function withText<Value extends Block>(block: Value, text: string): Value {
  const { guardContent, document } = block;
  if (document != null) {
    return Object.assign({}, block, { document: Object.assign({}, document, { source: { text } }) });
  }
  if (guardContent?.text == null) return Object.assign({}, block, { text });
  const guarded = { text: Object.assign({}, guardContent.text, { text }) };
  return Object.assign({}, block, { guardContent: guarded });
}
