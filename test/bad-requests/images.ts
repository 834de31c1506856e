import { badRequest, type BadRequest, speaksOf } from '../support/bad-request.js';

const NOVA: Partial<BadRequest> = { path: '/model/amazon.nova-canvas-v1:0/invoke' };
const STABILITY: Partial<BadRequest> = { path: '/model/stability.sd3-5-large-v1:0/invoke' };

const amazon = (params: object, config?: object) => ({
  taskType: 'TEXT_IMAGE',
  textToImageParams: { text: 'A cat', ...params },
  ...(config && { imageGenerationConfig: config }),
});

/** Each message names the member in the native body. */
export const IMAGES: readonly BadRequest[] = [
  ...['INPAINTING', 'OUTPAINTING', 'IMAGE_VARIATION', 'BACKGROUND_REMOVAL', 'COLOR_GUIDED_GENERATION'].map(
    (taskType) => refused('Amazon', NOVA, 'taskType', { taskType }),
  ),
  ...[
    ['textToImageParams', { taskType: 'TEXT_IMAGE' }],
    ['textToImageParams.text', amazon({ text: '' })],
    ['textToImageParams.text', amazon({ text: null })],
    ['textToImageParams.conditionImage', amazon({ conditionImage: 'iVBORw0KGgo=' })],
    ['textToImageParams.controlStrength', amazon({ controlStrength: 0.5 })],
    ['imageGenerationConfig.width', amazon({}, { height: 512 })],
    ['imageGenerationConfig.height', amazon({}, { width: 512 })],
    ['imageGenerationConfig.quality', amazon({}, { quality: 'best' })],
    ['imageGenerationConfig.numberOfImages', amazon({}, { numberOfImages: 6 })],
  ].map(([at, body]) => refused('Amazon', NOVA, at, body)),
  ...[
    ['prompt', { prompt: '' }],
    ['aspect_ratio', { prompt: 'A cat', aspect_ratio: '3:1' }],
    ['output_format', { prompt: 'A cat', output_format: 'gif' }],
    ['mode', { prompt: 'A cat', mode: 'image-to-image' }],
    ['image', { prompt: 'A cat', image: 'iVBORw0KGgo=' }],
    ['strength', { prompt: 'A cat', strength: 0.5 }],
  ].map(([at, body]) => refused('Stability', STABILITY, at, body)),
];

function refused(format: string, more: Partial<BadRequest>, at: unknown, body: unknown): BadRequest {
  return badRequest(`${format} with ${JSON.stringify(body).slice(0, 80)}`, body, speaksOf(String(at)), more);
}
