import type { AnswerInfo } from '../hub-format.js';
import { promptFormat } from '../prompt-format.js';
import { speakerTemplate } from '../prompt-template.js';
import { unsupported } from '../refuse.js';
import type { TextStop } from '../text-answer.js';
import type { TextChunks } from '../text-stream.js';
import { CommandRequestDto } from './command-request.dto.js';

const FINISH_REASONS = {
  end: 'COMPLETE',
  length: 'MAX_TOKENS',
  stopSequence: 'COMPLETE',
  filtered: 'ERROR_TOXIC',
} as const satisfies Record<TextStop, string>;

/** Cohere Command. */
export const COMMAND = promptFormat({
  name: 'command',
  dto: CommandRequestDto,
  promptPath: 'prompt',
  templates: [speakerTemplate('\n\n', { Human: 'user', User: 'user', Chatbot: 'assistant' })],
  ignored: ['return_likelihoods', 'logit_bias', 'truncate'],
  read: ({ prompt, max_tokens, temperature, p, k, stop_sequences, num_generations }) => {
    if ((num_generations ?? 1) > 1) throw unsupported('num_generations', 'only one generation is given.');
    return {
      prompt,
      sampling: {
        converse: {
          maxTokens: { value: max_tokens, path: 'max_tokens' },
          temperature: { value: temperature, path: 'temperature' },
          topP: { value: p, path: 'p' },
          stopSequences: { value: stop_sequences, path: 'stop_sequences' },
        },
        further: { top_k: { value: k, path: 'k' } },
      },
    };
  },
  writer: {
    whole: ({ text, stop }, { id }, prompt) => ({
      id,
      prompt,
      generations: [{ id: `${id}-0`, text, finish_reason: FINISH_REASONS[stop] }],
    }),
    stream: chunksOf,
  },
});

/** Clients look for `is_finished` in every chunk. */
function chunksOf({ id }: AnswerInfo): TextChunks {
  return {
    piece: (text) => ({ text, is_finished: false, index: 0 }),
    end: ({ stop }) => [{ is_finished: true, finish_reason: FINISH_REASONS[stop], index: 0, id }],
  };
}
