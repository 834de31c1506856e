import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import { isBase64 } from '../../bedrock/validation/blob.decorator.js';
import { imageFormat } from '../image-format.js';
import type { NativePaths } from '../native-paths.js';
import { promptFormat } from '../prompt-format.js';
import { invalid } from '../refuse.js';
import type { TextStop } from '../text-answer.js';
import type { TextChunks } from '../text-stream.js';
import { LlamaRequestDto } from './llama-request.dto.js';

const STOP_REASONS = {
  end: 'stop',
  length: 'length',
  stopSequence: 'stop',
  filtered: 'stop',
} as const satisfies Record<TextStop, string>;

/** Stands in the prompt where an image belongs. */
const IMAGE_TOKEN = /<\|image\|>/g;

/** Meta Llama. */
export const LLAMA = promptFormat({
  name: 'llama',
  dto: LlamaRequestDto,
  promptPath: 'prompt',
  read: ({ prompt, max_gen_len, temperature, top_p, images }, paths) => ({
    prompt: images == null ? prompt : prompt.replaceAll(IMAGE_TOKEN, ''),
    blocks: (images ?? []).map((image, index) => imageToBlock(image, `images.${index}`, paths)),
    sampling: {
      converse: {
        maxTokens: { value: max_gen_len, path: 'max_gen_len' },
        temperature: { value: temperature, path: 'temperature' },
        topP: { value: top_p, path: 'top_p' },
      },
    },
  }),
  writer: {
    whole: ({ text, stop, inputTokens, outputTokens }) => ({
      generation: text,
      prompt_token_count: inputTokens,
      generation_token_count: outputTokens,
      stop_reason: STOP_REASONS[stop],
    }),
    stream: () => LLAMA_CHUNKS,
  },
});

/** Upstreams tell the number of tokens at the end. Until then the pieces, of about one token each, are counted. */
const LLAMA_CHUNKS: TextChunks = {
  piece: (text, index) => ({
    generation: text,
    prompt_token_count: null,
    generation_token_count: index + 1,
    stop_reason: null,
  }),
  end: ({ stop, inputTokens, outputTokens }) => [
    {
      generation: '',
      prompt_token_count: inputTokens,
      generation_token_count: outputTokens,
      stop_reason: STOP_REASONS[stop],
    },
  ],
};

function imageToBlock(base64: string, path: string, paths: NativePaths): ContentBlockDto {
  const format = imageFormat(base64);
  if (format === undefined) throw invalid(path, 'it is no PNG, JPEG, GIF or WebP image in base64.');
  if (!isBase64(base64)) throw invalid(path, 'it is not valid base64.');
  return paths.from(path, { image: { format, source: { bytes: base64 } } });
}
