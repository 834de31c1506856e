import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { ModelRoute } from '../../routing/model-route.js';
import type { ReadDocument, ReadDocuments } from '../../translation/request/read-documents.js';
import type { RequestMapper } from '../../translation/request/request.mapper.js';
import { UnreadDocument } from '../../translation/request/unread-document.js';
import { documentsOf } from '../documents/documents-of.js';

const EMPTY: ReadDocument = { text: '', pictures: [] };

/**
 * Refuses what no target of a route takes, whatever its content is: an image for a server without images, for example.
 * @param map maps the request with empty content in place of what is to be read
 * @throws ValidationException of the first target
 */
export function refuseBeforeReading(
  { targets, levelTargets = [] }: ModelRoute,
  map: (target: UpstreamTarget) => unknown,
): void {
  let first: ValidationException | undefined;
  for (const target of [...targets, ...levelTargets]) {
    const refusal = refusalOf(target, map);
    if (refusal === undefined) return;
    first ??= refusal;
  }
  if (first !== undefined) throw first;
}

/**
 * Maps a request whose content is empty. What becomes of a document is known when it has been read; until then what
 * stands behind it is mapped without it.
 * @throws ValidationException
 */
export function mapWithoutContent(
  request: ConverseRequestDto,
  target: UpstreamTarget,
  mapper: RequestMapper,
): void {
  try {
    mapper.map(request, target);
  } catch (error) {
    if (!(error instanceof UnreadDocument)) throw error;
    mapper.map(request, target, withoutContent(request));
  }
}

function withoutContent(request: ConverseRequestDto): ReadDocuments {
  return new Map(Array.from(documentsOf(request), ({ document }) => [document, EMPTY]));
}

function refusalOf(
  target: UpstreamTarget,
  map: (target: UpstreamTarget) => unknown,
): ValidationException | undefined {
  try {
    map(target);
    return undefined;
  } catch (error) {
    if (error instanceof ValidationException) return error;
    throw error;
  }
}
