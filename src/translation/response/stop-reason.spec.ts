import {
  type FinishFacts,
  finishReasonToStopReason,
  isCutFinish,
  isFailedFinish,
  isLimitFinish,
  matchedStopSequence,
} from './stop-reason.js';

const text: FinishFacts = {
  finishReason: 'stop',
  hasToolUse: false,
  hasText: true,
  malformedToolUse: false,
};
const tool: FinishFacts = { ...text, hasToolUse: true, hasText: false };
const nothing: FinishFacts = { ...text, hasText: false };

describe('finish_reason → stopReason', () => {
  it.each<[string, FinishFacts, string]>([
    ['stop', text, 'end_turn'],
    ['stop with nothing said', nothing, 'end_turn'],
    ['null', { ...text, finishReason: null }, 'end_turn'],
    ['missing', { ...text, finishReason: undefined }, 'end_turn'],
    ['a stranger', { ...text, finishReason: 'load' }, 'end_turn'],
    ['the name of something inherited', { ...text, finishReason: 'constructor' }, 'end_turn'],
    ['length', { ...text, finishReason: 'length' }, 'max_tokens'],
    ['Mistral: model_length', { ...text, finishReason: 'model_length' }, 'max_tokens'],
    ['Anthropic: max_tokens', { ...text, finishReason: 'max_tokens' }, 'max_tokens'],
    ['Gemini: MAX_TOKENS', { ...text, finishReason: 'MAX_TOKENS' }, 'max_tokens'],
    ['length beside a tool call', { ...tool, finishReason: 'length' }, 'max_tokens'],
    ['length in a tool call', { ...nothing, finishReason: 'length', malformedToolUse: true }, 'max_tokens'],
    ['content_filter', { ...text, finishReason: 'content_filter' }, 'content_filtered'],
    ['content_filter beside a tool call', { ...tool, finishReason: 'content_filter' }, 'content_filtered'],
    ['Z.ai: sensitive', { ...text, finishReason: 'sensitive' }, 'content_filtered'],
    ['Gemini: RECITATION', { ...text, finishReason: 'RECITATION' }, 'content_filtered'],
    [
      'Anthropic: model_context_window_exceeded',
      { ...text, finishReason: 'model_context_window_exceeded' },
      'model_context_window_exceeded',
    ],
    [
      'the context window full in a tool call',
      { ...nothing, finishReason: 'model_context_window_exceeded', malformedToolUse: true },
      'model_context_window_exceeded',
    ],
    [
      'Gemini: MALFORMED_FUNCTION_CALL',
      { ...nothing, finishReason: 'MALFORMED_FUNCTION_CALL' },
      'malformed_tool_use',
    ],
    [
      'Gemini: MALFORMED_FUNCTION_CALL beside text',
      { ...text, finishReason: 'MALFORMED_FUNCTION_CALL' },
      'malformed_tool_use',
    ],
    ['Gemini: MALFORMED_RESPONSE', { ...text, finishReason: 'MALFORMED_RESPONSE' }, 'malformed_model_output'],
    ['tool_calls', { ...tool, finishReason: 'tool_calls' }, 'tool_use'],
    ['function_call', { ...tool, finishReason: 'function_call' }, 'tool_use'],
    ['stop beside a tool call', tool, 'tool_use'],
    ['null beside a tool call', { ...tool, finishReason: null }, 'tool_use'],
    ['a broken tool call', { ...nothing, malformedToolUse: true }, 'malformed_tool_use'],
    ['a broken tool call beside a whole one', { ...tool, malformedToolUse: true }, 'malformed_tool_use'],
    ['tool_calls without a call, but text', { ...text, finishReason: 'tool_calls' }, 'end_turn'],
    ['tool_calls without anything', { ...nothing, finishReason: 'tool_calls' }, 'malformed_tool_use'],
    [
      'OpenRouter: a call that Gemini broke',
      { ...nothing, nativeFinishReason: 'MALFORMED_FUNCTION_CALL' },
      'malformed_tool_use',
    ],
    ['OpenRouter: stop_sequence', { ...text, nativeFinishReason: 'stop_sequence' }, 'stop_sequence'],
    ['OpenRouter: a stranger', { ...text, nativeFinishReason: 'STOP' }, 'end_turn'],
    ['Anthropic: stop_sequence', { ...text, finishReason: 'stop_sequence' }, 'stop_sequence'],
    ['a matched stop sequence', { ...text, matchedStop: 'END' }, 'stop_sequence'],
    [
      'a matched stop sequence at the limit',
      { ...text, finishReason: 'length', matchedStop: 'END' },
      'max_tokens',
    ],
    ['a matched stop sequence beside a tool call', { ...tool, matchedStop: 'END' }, 'tool_use'],
  ])('%s', (_, finish, stopReason) => {
    expect(finishReasonToStopReason(finish)).toBe(stopReason);
  });
});

describe('the kind of early end of an answer', () => {
  it.each<[string | null | undefined, boolean, boolean, boolean]>([
    ['error', true, false, false],
    ['abort', true, false, false],
    ['insufficient_system_resource', true, false, false],
    ['network_error', true, false, false],
    ['model_context_window_exceeded', false, true, true],
    ['sensitive', false, false, true],
    ['MALFORMED_FUNCTION_CALL', false, false, true],
    ['tool_calls', false, false, false],
    ['length', false, true, true],
    ['content_filter', false, false, true],
    ['stop', false, false, false],
    ['', false, false, false],
    [null, false, false, false],
    [undefined, false, false, false],
  ])('%s', (finishReason, failed, limit, cut) => {
    expect(isFailedFinish({ finish_reason: finishReason })).toBe(failed);
    expect(isLimitFinish({ finish_reason: finishReason })).toBe(limit);
    expect(isCutFinish({ finish_reason: finishReason })).toBe(cut);
  });
});

describe('the matched stop sequence', () => {
  it.each<[string, Parameters<typeof matchedStopSequence>[0], string | undefined]>([
    ['vLLM: a stop sequence of the request', { stop_reason: 'END' }, 'END'],
    ['vLLM: a stop sequence of the server', { stop_reason: '<|eot|>' }, undefined],
    ['vLLM: the id of a token', { stop_reason: 128_009 }, undefined],
    ['vLLM: the end of the text', { stop_reason: null }, undefined],
    ['SGLang: a stop sequence of the request', { matched_stop: '\n\n' }, '\n\n'],
    ['SGLang: the id of a token', { matched_stop: 2 }, undefined],
    ['a server that does not say', {}, undefined],
  ])('%s', (_, choice, stopSequence) => {
    expect(matchedStopSequence(choice, ['END', '\n\n'])).toBe(stopSequence);
  });
});
