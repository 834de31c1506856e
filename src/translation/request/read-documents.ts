import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';

/** What a document becomes for a target that does not take it as it is. */
export interface ReadDocument {
  readonly text: string;
}

/** The documents of one request that were read, by the blocks that hold them. */
export type ReadDocuments = ReadonlyMap<DocumentBlockDto, ReadDocument>;
