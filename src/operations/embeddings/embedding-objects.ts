import { Injectable } from '@nestjs/common';
import type {
  EmbeddingInput,
  EmbeddingObject,
  EmbeddingRequest,
} from '../../bedrock/embeddings/embedding-request.js';
import { EmbeddingsMapper } from '../../translation/embeddings/embeddings.mapper.js';
import { decodeDocumentText } from '../../translation/request/content/document-text.js';
import type { OperationContext } from '../operation-context.js';
import { refuseBeforeReading } from '../s3-locations/refuse-before-reading.js';
import type { ObjectContents } from '../s3-locations/referenced-objects.js';
import { RequestObjects } from '../s3-locations/request-objects.js';

/** Puts texts and images that are in S3 in the place of their locations. */
@Injectable()
export class EmbeddingObjects {
  constructor(
    private readonly objects: RequestObjects,
    private readonly mapper: EmbeddingsMapper,
  ) {}

  /**
   * The request as it is when nothing of it is in S3.
   * @throws BedrockException, which names the path of the location
   */
  read(request: EmbeddingRequest, context: OperationContext): EmbeddingRequest | Promise<EmbeddingRequest> {
    const references = request.inputs.flatMap(({ object }) => object ?? []);
    return references.length === 0 ? request : this.readReferences(request, references, context);
  }

  private async readReferences(
    request: EmbeddingRequest,
    references: readonly EmbeddingObject[],
    context: OperationContext,
  ): Promise<EmbeddingRequest> {
    const contents = await this.objects.readReferences(references, context, () => {
      const empty = withContents(request, new Map(references.map(({ location }) => [location, ''])));
      refuseBeforeReading(context.route, (target) => this.mapper.map(empty, target));
    });
    return withContents(request, contents);
  }
}

function withContents(request: EmbeddingRequest, contents: ObjectContents): EmbeddingRequest {
  return { ...request, inputs: request.inputs.map((input) => withContent(input, contents)) };
}

function withContent({ object, ...input }: EmbeddingInput, contents: ObjectContents): EmbeddingInput {
  if (object === undefined) return input;
  const { location, path, mediaType } = object;
  const base64 = contents.get(location) ?? '';
  if (mediaType === undefined) return { ...input, text: decodeDocumentText(base64, path) };
  return { ...input, image: { base64, mediaType } };
}
