import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { ModelRoute } from '../../routing/model-route.js';
import type { RequestMapper } from '../../translation/request/request.mapper.js';
import type { ReadDocument, ReadDocuments } from '../../translation/request/read-documents.js';
import { UnreadDocument } from '../../translation/request/unread-document.js';
import { documentsOf } from '../documents/documents-of.js';

const EMPTY: ReadDocument = { text: '', pictures: [] };

/**
 * Refuses what no target of a route takes, whatever its content is: an image for a server without images, for example.
 * @param request has empty content in place of what is to be read
 * @throws ValidationException of the first target
 */
export function refuseBeforeReading(
  request: ConverseRequestDto,
  { targets, levelTargets = [] }: ModelRoute,
  mapper: RequestMapper,
): void {
  let first: ValidationException | undefined;
  for (const target of [...targets, ...levelTargets]) {
    const refusal = refusalOf(request, target, mapper);
    if (refusal === undefined) return;
    first ??= refusal;
  }
  if (first !== undefined) throw first;
}

/** What becomes of a document is known when it has been read. Until then what stands behind it is mapped without it. */
function refusalOf(
  request: ConverseRequestDto,
  target: UpstreamTarget,
  mapper: RequestMapper,
  documents?: ReadDocuments,
): ValidationException | undefined {
  try {
    mapper.map(request, target, documents);
  } catch (error) {
    if (error instanceof UnreadDocument) return refusalOf(request, target, mapper, withoutContent(request));
    if (error instanceof ValidationException) return error;
    throw error;
  }
  return undefined;
}

function withoutContent(request: ConverseRequestDto): ReadDocuments {
  return new Map(Array.from(documentsOf(request), ({ document }) => [document, EMPTY]));
}
