import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { DocumentBlockDto } from '../../bedrock/converse/document-block.dto.js';

/** A document and its JSON path in the request. */
export interface PlacedDocument {
  readonly document: DocumentBlockDto;
  readonly path: string;
}

/** The documents of the turns of a request, also those in tool results, in order. */
export function* documentsOf({ messages }: ConverseRequestDto): Generator<PlacedDocument> {
  for (const [index, { content }] of (messages ?? []).entries()) {
    yield* documentsIn(content, `messages.${index}.content`);
  }
}

function* documentsIn(
  blocks: readonly Pick<ContentBlockDto, 'document' | 'toolResult'>[],
  path: string,
): Generator<PlacedDocument> {
  for (const [index, { document, toolResult }] of blocks.entries()) {
    if (document != null) yield { document, path: `${path}.${index}.document` };
    if (toolResult != null) yield* documentsIn(toolResult.content, `${path}.${index}.toolResult.content`);
  }
}
