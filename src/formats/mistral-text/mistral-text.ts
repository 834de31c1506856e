import { promptFormat } from '../prompt-format.js';
import type { TextStop } from '../text-answer.js';
import type { TextChunks } from '../text-stream.js';
import { MistralTextRequestDto } from './mistral-text-request.dto.js';

const STOP_REASONS = {
  end: 'stop',
  length: 'length',
  stopSequence: 'stop',
  filtered: 'stop',
} as const satisfies Record<TextStop, string>;

/** Mistral's text completion. */
export const MISTRAL_TEXT = promptFormat({
  name: 'mistral-text',
  dto: MistralTextRequestDto,
  promptPath: 'prompt',
  read: ({ prompt, max_tokens, temperature, top_p, top_k, stop }) => ({
    prompt,
    sampling: {
      converse: {
        maxTokens: { value: max_tokens, path: 'max_tokens' },
        temperature: { value: temperature, path: 'temperature' },
        topP: { value: top_p, path: 'top_p' },
        stopSequences: { value: stop, path: 'stop' },
      },
      further: { top_k: { value: top_k, path: 'top_k' } },
    },
  }),
  writer: {
    whole: ({ text, stop }) => ({ outputs: [{ text, stop_reason: STOP_REASONS[stop] }] }),
    stream: () => CHUNKS,
  },
});

const CHUNKS: TextChunks = {
  piece: (text) => ({ outputs: [{ text, stop_reason: null }] }),
  end: ({ stop }) => [{ outputs: [{ text: '', stop_reason: STOP_REASONS[stop] }] }],
};
