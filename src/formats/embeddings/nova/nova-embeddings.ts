import type {
  EmbeddingInput,
  EmbeddingPurpose,
  EmbeddingRequest,
} from '../../../bedrock/embeddings/embedding-request.js';
import { unknownMembers } from '../../../bedrock/validation/unknown-members.js';
import { validated } from '../../../bedrock/validation/validation.pipe.js';
import type { EmbeddingFormat } from '../../embedding-format.js';
import { present } from '../../present.js';
import { invalid, unsupported } from '../../refuse.js';
import { firstVector } from '../first-vector.js';
import {
  NovaEmbeddingRequestDto,
  type NovaImageDto,
  type NovaPurpose,
  type NovaSingleEmbeddingParamsDto,
  type NovaTextDto,
  type NovaTruncation,
} from './nova-embedding-request.dto.js';

const PARAMS = 'singleEmbeddingParams';
const TASKS: ReadonlySet<unknown> = new Set(['SINGLE_EMBEDDING', 'SEGMENTED_EMBEDDING']);
const MODALITIES = ['text', 'image', 'audio', 'video'] as const;

const PURPOSES = {
  GENERIC_INDEX: 'search_document',
  GENERIC_RETRIEVAL: 'search_query',
  TEXT_RETRIEVAL: 'search_query',
  IMAGE_RETRIEVAL: 'search_query',
  VIDEO_RETRIEVAL: 'search_query',
  DOCUMENT_RETRIEVAL: 'search_query',
  AUDIO_RETRIEVAL: 'search_query',
  CLASSIFICATION: 'classification',
  CLUSTERING: 'clustering',
} as const satisfies Record<NovaPurpose, EmbeddingPurpose>;

const TRUNCATIONS = {
  START: 'start',
  END: 'end',
  NONE: undefined,
} as const satisfies Record<NovaTruncation, EmbeddingRequest['truncation']>;

/** Nova multimodal: one text or one image. */
export const NOVA_EMBEDDINGS: EmbeddingFormat = {
  kind: 'embeddings',
  name: 'nova-embeddings',
  matches: ({ taskType }) => TASKS.has(taskType),
  reduce: (body) => {
    const native = validated(NovaEmbeddingRequestDto, body);
    const params = paramsOf(native);
    const modality = modalityOf(params);
    return {
      request: toRequest(params, modality === 'text' ? textInput(params.text) : imageInput(params.image)),
      ignored: params.image?.detailLevel == null ? [] : [`${PARAMS}.image.detailLevel`],
      hints: unknownMembers(NovaEmbeddingRequestDto, body),
      toResponse: (result, uuid) => ({
        embeddings: [{ embeddingType: modality.toUpperCase(), embedding: firstVector(result) }],
        request_id: uuid,
        ...(result.tokens !== undefined && { inputTokenCount: result.tokens }),
      }),
    };
  },
};

function paramsOf({
  taskType,
  singleEmbeddingParams,
}: NovaEmbeddingRequestDto): NovaSingleEmbeddingParamsDto {
  if (taskType !== 'SINGLE_EMBEDDING') {
    throw unsupported(
      'taskType',
      `${taskType} is asynchronous only, and there is no asynchronous invocation here.`,
    );
  }
  if (singleEmbeddingParams == null) throw invalid(PARAMS, 'SINGLE_EMBEDDING needs it.');
  return singleEmbeddingParams;
}

/** @throws ValidationException for none, for several, and for audio and video */
function modalityOf(params: NovaSingleEmbeddingParamsDto): 'text' | 'image' {
  const [modality, second] = MODALITIES.filter((name) => params[name] != null);
  if (modality === undefined) throw invalid(PARAMS, 'one of text, image, audio and video is needed.');
  if (second !== undefined) throw invalid(`${PARAMS}.${second}`, `it cannot stand beside ${modality}.`);
  if (modality === 'text' || modality === 'image') return modality;
  throw unsupported(`${PARAMS}.${modality}`, 'upstreams embed texts and images.');
}

function textInput(text?: NovaTextDto): EmbeddingInput {
  const path = `${PARAMS}.text`;
  if (text?.value != null) {
    if (text.source != null) throw invalid(`${path}.source`, 'it cannot stand beside value.');
    return { text: text.value };
  }
  const { bytes, s3Location } = text?.source ?? {};
  if (bytes != null) throw unsupported(`${path}.source.bytes`, 'send the text itself, in value.');
  if (s3Location != null) return { object: { location: s3Location, path: `${path}.source.s3Location` } };
  throw invalid(`${path}.value`, 'the text is needed.');
}

function imageInput(image?: NovaImageDto): EmbeddingInput {
  const path = `${PARAMS}.image.source`;
  const { bytes, s3Location } = image?.source ?? {};
  const mediaType = `image/${image?.format}`;
  if (bytes != null) {
    if (s3Location != null) throw invalid(`${path}.s3Location`, 'it cannot stand beside bytes.');
    return { image: { base64: bytes, mediaType }, imagePath: path };
  }
  if (s3Location == null) throw invalid(`${path}.bytes`, 'the image is needed.');
  return { object: { location: s3Location, path: `${path}.s3Location`, mediaType }, imagePath: path };
}

function toRequest(params: NovaSingleEmbeddingParamsDto, input: EmbeddingInput): EmbeddingRequest {
  const { embeddingPurpose: purpose, embeddingDimension, text } = params;
  const truncation = text?.truncationMode;
  return present({
    inputs: [input],
    purpose: purpose == null ? undefined : PURPOSES[purpose],
    truncation: truncation == null ? undefined : TRUNCATIONS[truncation],
    dimensions: embeddingDimension,
    floats: true,
    quantized: [],
    paths: {
      purpose: `${PARAMS}.embeddingPurpose`,
      truncation: `${PARAMS}.text.truncationMode`,
      dimensions: `${PARAMS}.embeddingDimension`,
    },
  });
}
