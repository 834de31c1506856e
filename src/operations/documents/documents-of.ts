import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';
import { placedBlocksOf } from '../placed-blocks.js';

/** A document, and where it stands in the request. */
export interface PlacedDocument {
  readonly document: DocumentBlockDto;
  /** JSON path. */
  readonly path: string;
  /** JSON path of its bytes. */
  readonly bytesPath: string;
}

/** The documents of the turns of a request, also those in tool results, in order. */
export function* documentsOf(request: ConverseRequestDto): Generator<PlacedDocument> {
  for (const { block, path } of placedBlocksOf(request)) {
    if (block.document != null) yield placed(block.document, `${path}.document`);
  }
}

function placed(document: DocumentBlockDto, path: string): PlacedDocument {
  return { document, path, bytesPath: `${path}.source.bytes` };
}
