import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { GuardedContent, GuardedImage, GuardedText } from '../../guardrails/guarded-content.js';
import type { ReadDocument, ReadDocuments } from '../../translation/request/read-documents.js';
import { documentsOf, type PlacedDocument } from '../documents/documents-of.js';
import { type ExaminedBlock, mapBlockTexts } from './block-texts.js';
import { toGuardedImages } from './guard-content.js';

/** Whose texts are examined when no content is marked: the user's, or all, as in a prompt that values were put into. */
export type ExaminedScope = 'user' | 'all';

interface Examination {
  readonly scope: ExaminedScope;
  /** What `examinedDocuments` became. */
  readonly documents: ReadDocuments;
}

/**
 * What is examined of a request: the guarded content of its messages, or without such content the texts, images, documents
 * and search results of all user turns; and the guarded content of the system prompt. Tools, their results and reasoning
 * are not examined. Bedrock does not look into documents: here a text is examined in whatever form it comes.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
export function guardedContentOf(
  request: ConverseRequestDto,
  { scope, documents }: Examination,
): GuardedContent {
  const texts: GuardedText[] = [];
  const images: GuardedImage[] = [];
  for (const block of examinedBlocks(request, scope)) {
    mapBlockTexts(block, documents, (guarded) => (texts.push(guarded), guarded.text));
    images.push(...imagesOf(block, documents));
  }
  return { texts, images };
}

/** The documents of a request whose texts are examined, with their paths. */
export function examinedDocuments(request: ConverseRequestDto, scope: ExaminedScope): PlacedDocument[] {
  const examined = new Set([...examinedBlocks(request, scope)].map(({ document }) => document));
  return [...documentsOf(request)].filter(({ document }) => examined.has(document));
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
  const rest = texts.values();
  const isExamined = new Set<ExaminedBlock>(examinedBlocks(request, scope));
  const replaced = <Value extends ExaminedBlock>(block: Value): Value =>
    isExamined.has(block) ? mapBlockTexts(block, documents, () => rest.next().value ?? '') : block;
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

function* examinedBlocks(
  { system, messages }: ConverseRequestDto,
  scope: ExaminedScope,
): Generator<ExaminedBlock> {
  const blocks = (messages ?? []).flatMap(({ role, content }) => content.map((block) => ({ role, block })));
  const hasGuarded = blocks.some(({ block }) => block.guardContent != null);
  const isAll = scope === 'all' && !hasGuarded;
  for (const block of system ?? []) if (isAll || block.guardContent != null) yield block;
  for (const { role, block } of blocks) {
    if (hasGuarded ? block.guardContent != null : isAll || role === 'user') yield block;
  }
}

function imagesOf(
  { image, guardContent, document }: ExaminedBlock,
  documents: ReadDocuments,
): GuardedImage[] {
  if (document != null) return picturesOf(documents.get(document));
  if (guardContent?.image != null) return toGuardedImages(guardContent.image);
  const bytes = image?.source.bytes;
  return image == null || bytes == null ? [] : [{ mediaType: `image/${image.format}`, base64: bytes }];
}

/** The pages of a document that has no text. */
export function picturesOf(read: ReadDocument | undefined): GuardedImage[] {
  return (read?.pictures ?? []).map(({ base64 }) => ({ mediaType: 'image/jpeg', base64 }));
}
