import { BedrockException } from '../bedrock/bedrock.exception.js';
import type { ConverseResponse, StopReason, TokenUsage } from '../bedrock/converse/converse-response.js';

/** Why a text ended, as far as text formats tell it. */
export type TextStop = 'end' | 'length' | 'stopSequence' | 'filtered';

/** What every text format says about an answer, in its own words. */
export interface TextAnswer {
  readonly stop: TextStop;
  /** The stop sequence that ended the text, where the upstream tells it. */
  readonly stopSequence?: string;
  /** All input tokens, cached ones included: text formats do not tell them apart. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const STOPS: Readonly<Record<StopReason, TextStop | undefined>> = {
  end_turn: 'end',
  // no tools can be asked for; a model that calls one nevertheless has ended its text
  tool_use: 'end',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  stop_sequence: 'stopSequence',
  guardrail_intervened: 'filtered',
  content_filtered: 'filtered',
  malformed_model_output: undefined,
  malformed_tool_use: undefined,
};

/** @throws BedrockException `ModelErrorException` for an answer that text formats have no word for */
export function toTextAnswer(
  stopReason: StopReason,
  usage: TokenUsage,
  fields?: Readonly<Record<string, unknown>>,
): TextAnswer {
  const stop = STOPS[stopReason];
  if (stop === undefined) throw noWordFor(stopReason);
  const stopSequence = fields?.['stop_sequence'];
  return {
    stop,
    ...(typeof stopSequence === 'string' && { stopSequence }),
    inputTokens: usage.inputTokens + (usage.cacheReadInputTokens ?? 0) + (usage.cacheWriteInputTokens ?? 0),
    outputTokens: usage.outputTokens,
  };
}

/** The answer that a format cannot tell from a whole one. */
export function noWordFor(stopReason: StopReason): BedrockException {
  return new BedrockException(
    'ModelErrorException',
    `The model's answer cannot be used: ${stopReason.replaceAll('_', ' ')}.`,
    { fields: { originalStatusCode: 200 } },
  );
}

/** The text of an answer, without reasoning, which text formats have no place for. */
export function textOf({ output }: ConverseResponse): string {
  return output.message.content.map((block) => ('text' in block ? block.text : '')).join('');
}
