import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';

/** A page of a document as a JPEG. */
export interface PagePicture {
  /** From 1. */
  readonly page: number;
  readonly base64: string;
}

/** What a document becomes for a target that does not take it as it is. */
export interface ReadDocument {
  readonly text: string;
  /** In order. They stand before the text. */
  readonly pictures: readonly PagePicture[];
}

/** The documents of one request that were read, by the blocks that hold them. */
export type ReadDocuments = ReadonlyMap<DocumentBlockDto, ReadDocument>;
