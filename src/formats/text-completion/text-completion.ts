import { promptFormat } from '../prompt-format.js';
import type { TextStop } from '../text-answer.js';
import type { TextChunks } from '../text-stream.js';
import { TextCompletionRequestDto } from './text-completion-request.dto.js';

const STOP_REASONS = {
  end: 'stop',
  length: 'length',
  stopSequence: 'stop',
  filtered: 'content_filter',
} as const satisfies Record<TextStop, string>;

/** The text completions of DeepSeek R1 and of Writer's Palmyra. */
export const TEXT_COMPLETION = promptFormat({
  name: 'text-completion',
  dto: TextCompletionRequestDto,
  promptPath: 'prompt',
  read: ({ prompt, max_tokens, temperature, top_p, stop }) => ({
    prompt,
    sampling: {
      converse: {
        maxTokens: { value: max_tokens, path: 'max_tokens' },
        temperature: { value: temperature, path: 'temperature' },
        topP: { value: top_p, path: 'top_p' },
        stopSequences: { value: stop, path: 'stop' },
      },
    },
  }),
  writer: {
    whole: ({ text, stop }) => ({ choices: [{ text, stop_reason: STOP_REASONS[stop] }] }),
    stream: () => CHUNKS,
  },
});

const CHUNKS: TextChunks = {
  piece: (text) => ({ choices: [{ text, stop_reason: null }] }),
  end: ({ stop }) => [{ choices: [{ text: '', stop_reason: STOP_REASONS[stop] }] }],
};
