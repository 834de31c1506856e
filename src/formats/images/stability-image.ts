import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { ImageGenerationFormat } from '../image-generation-format.js';
import { present } from '../present.js';
import { unsupported } from '../refuse.js';
import { type AspectRatio, StabilityImageRequestDto } from './stability-image-request.dto.js';

const IGNORED = ['negative_prompt', 'seed'] as const;

/** Why there is no image. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-stable-ultra-text-image-request-response.html */
const FILTERED = { input: 'Filter reason: prompt', output: 'Filter reason: output image' } as const;

/** The sizes that OpenAI's models and most servers have, in pixels. */
const SQUARE = { width: 1024, height: 1024 };
const WIDE = { width: 1536, height: 1024 };
const TALL = { width: 1024, height: 1536 };

const SIZES: Readonly<Record<AspectRatio, typeof SQUARE>> = {
  '1:1': SQUARE,
  '5:4': SQUARE,
  '4:5': SQUARE,
  '3:2': WIDE,
  '16:9': WIDE,
  '21:9': WIDE,
  '2:3': TALL,
  '9:16': TALL,
  '9:21': TALL,
};

/** Stable Image and Stable Diffusion 3. */
export const STABILITY_IMAGE: ImageGenerationFormat = {
  kind: 'images',
  name: 'stability-image',
  matches: (body, { maker }) =>
    'prompt' in body && (maker === 'stability' || 'aspect_ratio' in body || 'output_format' in body),
  reduce: (body) => {
    const native = validated(StabilityImageRequestDto, body);
    const { prompt, aspect_ratio: ratio, output_format: outputFormat } = native;
    refuseImages(native);
    return {
      request: present({
        prompt,
        ...(ratio != null && SIZES[ratio]),
        outputFormat,
        paths: { outputFormat: 'output_format' },
      }),
      ignored: IGNORED.filter((name) => native[name] != null),
      hints: [
        ...unknownMembers(StabilityImageRequestDto, body),
        // the nearest of the sizes that servers have
        ...(ratio == null || ratio === '1:1' || ratio === '3:2' || ratio === '2:3' ? [] : ['aspect_ratio']),
      ],
      // the seed that the server chose is not known
      toResponse: (images) => ({
        seeds: images.map(() => 0),
        finish_reasons: images.map(() => null),
        images,
      }),
      toBlocked: ({ side }) => ({ seeds: [], finish_reasons: [FILTERED[side]], images: [] }),
    };
  },
};

function refuseImages({ mode, image, strength }: StabilityImageRequestDto): void {
  if (mode === 'image-to-image') throw unsupported('mode', 'only text-to-image is.');
  if (image != null) throw unsupported('image', 'the upstream takes a text alone.');
  if (strength != null) throw unsupported('strength', 'the upstream takes a text alone.');
}
