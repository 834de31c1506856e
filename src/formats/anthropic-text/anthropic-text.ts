import { promptFormat } from '../prompt-format.js';
import { speakerTemplate } from '../prompt-template.js';
import type { TextAnswer } from '../text-answer.js';
import type { TextChunks } from '../text-stream.js';
import { AnthropicTextRequestDto } from './anthropic-text-request.dto.js';

/** Every prompt has it as a stop sequence, so an answer that simply ends has met it. */
const HUMAN = '\n\nHuman:';

/** Anthropic's text completion, which came before its Messages. */
export const ANTHROPIC_TEXT = promptFormat({
  name: 'anthropic-text',
  matches: (body) => typeof body['prompt'] === 'string' && Object.hasOwn(body, 'max_tokens_to_sample'),
  dto: AnthropicTextRequestDto,
  promptPath: 'prompt',
  templates: [speakerTemplate('\n\n', { Human: 'user', Assistant: 'assistant' })],
  tellsStopSequence: true,
  read: (body) => ({
    prompt: body.prompt,
    sampling: {
      converse: {
        maxTokens: { value: body.max_tokens_to_sample, path: 'max_tokens_to_sample' },
        temperature: { value: body.temperature, path: 'temperature' },
        topP: { value: body.top_p, path: 'top_p' },
        stopSequences: { value: withoutHuman(body.stop_sequences), path: 'stop_sequences' },
      },
      further: { top_k: { value: body.top_k, path: 'top_k' } },
    },
  }),
  writer: {
    whole: ({ text, ...answer }) => ({ type: 'completion', completion: text, ...stopOf(answer) }),
    stream: () => CHUNKS,
  },
});

const CHUNKS: TextChunks = {
  piece: (text) => ({ type: 'completion', completion: text, stop_reason: null, stop: null }),
  end: (answer) => [{ type: 'completion', completion: '', ...stopOf(answer) }],
};

/** A chat model never says it, and some servers take few stop sequences. */
function withoutHuman(stopSequences: string[] | undefined): string[] | undefined {
  const others = stopSequences?.filter((stop) => stop.trim() !== HUMAN.trim());
  return others?.length === 0 ? undefined : others;
}

function stopOf({ stop, stopSequence }: TextAnswer): { stop_reason: string; stop: string | null } {
  if (stop === 'length') return { stop_reason: 'max_tokens', stop: null };
  return {
    stop_reason: 'stop_sequence',
    stop: stop === 'stopSequence' ? (stopSequence ?? null) : HUMAN,
  };
}
