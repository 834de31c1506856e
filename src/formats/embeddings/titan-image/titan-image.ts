import { unknownMembers } from '../../../bedrock/validation/unknown-members.js';
import { validated } from '../../../bedrock/validation/validation.pipe.js';
import type { EmbeddingFormat } from '../../embedding-format.js';
import { present } from '../../present.js';
import { invalid } from '../../refuse.js';
import { firstVector } from '../first-vector.js';
import { base64ToImage } from '../image-data.js';
import { TitanImageEmbeddingRequestDto } from './titan-image-request.dto.js';

/** Titan multimodal: a text, an image, or both in one vector. */
export const TITAN_IMAGE_EMBEDDINGS: EmbeddingFormat = {
  kind: 'embeddings',
  name: 'titan-image-embeddings',
  matches: (body, { name }) =>
    'inputImage' in body ||
    'embeddingConfig' in body ||
    ('inputText' in body && name.includes('embed-image')),
  reduce: (body) => {
    const { inputText, inputImage, embeddingConfig } = validated(TitanImageEmbeddingRequestDto, body);
    if (inputText == null && inputImage == null)
      throw invalid('inputText', 'inputText or inputImage is needed.');
    const image = inputImage == null ? undefined : base64ToImage(inputImage);
    return {
      request: present({
        inputs: [present({ text: inputText, image, imagePath: 'inputImage' })],
        dimensions: embeddingConfig?.outputEmbeddingLength,
        floats: true,
        quantized: [],
        paths: { dimensions: 'embeddingConfig.outputEmbeddingLength' },
      }),
      ignored: [],
      hints: unknownMembers(TitanImageEmbeddingRequestDto, body),
      toResponse: (result) => ({
        embedding: firstVector(result),
        inputTextTokenCount: result.tokens ?? 0,
        message: null,
      }),
    };
  },
};
