import type { ImageRequest } from '../../bedrock/images/image-request.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { ImageGenerationFormat } from '../image-generation-format.js';
import { present } from '../present.js';
import { invalid, unsupported } from '../refuse.js';
import { AmazonImageRequestDto, type TextToImageParamsDto } from './amazon-image-request.dto.js';

const PARAMS = 'textToImageParams';
const CONFIG = 'imageGenerationConfig';
const TEXT_IMAGE = 'TEXT_IMAGE';

/** Parameters of diffusion models, which `/images/generations` does not have. */
const IGNORED = {
  [PARAMS]: ['negativeText', 'style'],
  [CONFIG]: ['cfgScale', 'seed'],
} as const;

/** Images that guide the generation: to leave them out would change the picture. */
const CONDITIONS = ['conditionImage', 'controlMode', 'controlStrength'] as const;

/** Titan Image Generator and Nova Canvas. */
export const AMAZON_IMAGE: ImageGenerationFormat = {
  kind: 'images',
  name: 'amazon-image',
  matches: ({ taskType }) => typeof taskType === 'string',
  reduce: (body) => {
    const native = validated(AmazonImageRequestDto, body);
    return {
      request: toRequest(native),
      ignored: [...ignoredOf(native, PARAMS), ...ignoredOf(native, CONFIG)],
      hints: unknownMembers(AmazonImageRequestDto, body),
      toResponse: (images) => ({ images, error: null }),
      toBlocked: ({ message }) => ({ images: [], error: message }),
    };
  },
};

function toRequest({
  taskType,
  textToImageParams,
  imageGenerationConfig,
}: AmazonImageRequestDto): ImageRequest {
  if (taskType !== TEXT_IMAGE) {
    throw unsupported('taskType', `only ${TEXT_IMAGE} is, because the others begin with an image.`);
  }
  if (textToImageParams == null) throw invalid(PARAMS, `${TEXT_IMAGE} needs it.`);
  refuseConditions(textToImageParams);
  const { width, height, quality, numberOfImages } = imageGenerationConfig ?? {};
  return present({
    prompt: textToImageParams.text,
    count: numberOfImages,
    ...sizeOf(width, height),
    isPremium: quality === 'premium' || undefined,
    paths: {},
  });
}

function refuseConditions(params: TextToImageParamsDto): void {
  const name = CONDITIONS.find((member) => params[member] != null);
  if (name !== undefined) throw unsupported(`${PARAMS}.${name}`, 'the upstream takes a text alone.');
}

/** @throws ValidationException for one without the other */
function sizeOf(width?: number | null, height?: number | null): Pick<ImageRequest, 'width' | 'height'> {
  if (width == null && height == null) return {};
  if (width == null) throw invalid(`${CONFIG}.width`, 'it is needed beside height.');
  if (height == null) throw invalid(`${CONFIG}.height`, 'it is needed beside width.');
  return { width, height };
}

function ignoredOf(native: AmazonImageRequestDto, member: keyof typeof IGNORED): string[] {
  const given = new Set(
    Object.entries(native[member] ?? {}).flatMap(([name, value]) => (value == null ? [] : [name])),
  );
  return IGNORED[member].filter((name) => given.has(name)).map((name) => `${member}.${name}`);
}
