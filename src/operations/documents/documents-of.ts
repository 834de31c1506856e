import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';
import { placedBlocksOf } from '../placed-blocks.js';

/** A document and its JSON path in the request. */
export interface PlacedDocument {
  readonly document: DocumentBlockDto;
  readonly path: string;
}

/** The documents of the turns of a request, also those in tool results, in order. */
export function* documentsOf(request: ConverseRequestDto): Generator<PlacedDocument> {
  for (const { block, path } of placedBlocksOf(request)) {
    if (block.document != null) yield { document: block.document, path: `${path}.document` };
  }
}
