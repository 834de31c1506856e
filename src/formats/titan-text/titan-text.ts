import { promptFormat } from '../prompt-format.js';
import { speakerTemplate } from '../prompt-template.js';
import type { TextStop } from '../text-answer.js';
import type { TextChunks } from '../text-stream.js';
import { TitanTextRequestDto } from './titan-text-request.dto.js';

const CONFIG = 'textGenerationConfig';

const COMPLETION_REASONS = {
  end: 'FINISHED',
  length: 'LENGTH',
  stopSequence: 'STOP_CRITERIA_MET',
  filtered: 'CONTENT_FILTERED',
} as const satisfies Record<TextStop, string>;

/** Amazon Titan Text. */
export const TITAN_TEXT = promptFormat({
  name: 'titan-text',
  matches: (body) => Object.hasOwn(body, 'inputText'),
  dto: TitanTextRequestDto,
  promptPath: 'inputText',
  templates: [speakerTemplate('\n', { User: 'user', Bot: 'assistant' })],
  read: ({ inputText, textGenerationConfig: config }) => ({
    prompt: inputText,
    sampling: {
      converse: {
        // 0 means "as many as the model gives"
        maxTokens: { value: config?.maxTokenCount || undefined, path: `${CONFIG}.maxTokenCount` },
        temperature: { value: config?.temperature, path: `${CONFIG}.temperature` },
        topP: { value: config?.topP, path: `${CONFIG}.topP` },
        stopSequences: { value: config?.stopSequences, path: `${CONFIG}.stopSequences` },
      },
    },
  }),
  writer: {
    whole: ({ text, stop, inputTokens, outputTokens }) => ({
      inputTextTokenCount: inputTokens,
      results: [{ tokenCount: outputTokens, outputText: text, completionReason: COMPLETION_REASONS[stop] }],
    }),
    stream: () => CHUNKS,
  },
});

const CHUNKS: TextChunks = {
  piece: (text) => ({
    outputText: text,
    index: 0,
    totalOutputTextTokenCount: null,
    completionReason: null,
    inputTextTokenCount: null,
  }),
  end: ({ stop, inputTokens, outputTokens }) => [
    {
      outputText: '',
      index: 0,
      totalOutputTextTokenCount: outputTokens,
      completionReason: COMPLETION_REASONS[stop],
      inputTextTokenCount: inputTokens,
    },
  ],
};
