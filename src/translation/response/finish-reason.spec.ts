import { type FinishCategory, finishCategory } from './finish-reason.js';

describe('the finish reason of an answer', () => {
  it.each<[FinishCategory, string[]]>([
    ['stop', ['stop', 'STOP', 'eos', 'eos_token', 'end_turn', 'COMPLETE', 'FINISH_REASON_STOP', 'completed']],
    ['stopSequence', ['stop_sequence', 'STOP_SEQUENCE', 'StopReason.stop_sequence']],
    [
      'limit',
      [
        'length',
        'Length',
        'model_length',
        'max_tokens',
        'MAX_TOKENS',
        'maxTokens',
        'max_output_tokens',
      ].concat([
        'FINISH_REASON_MAX_TOKENS',
        'FinishReason.MAX_TOKENS',
        'token_limit',
        'time_limit',
        'repetition',
      ]),
    ],
    [
      'contextWindow',
      ['model_context_window_exceeded', 'context_length_exceeded', 'CONTEXT_WINDOW_EXCEEDED'].concat([
        'ModelContextWindowExceeded',
        'exceeded_context_window',
        'ERROR_LIMIT',
        'max_context_length',
        'input_context_length_exceeded',
      ]),
    ],
    [
      'filter',
      ['content_filter', 'content-filter', 'ContentFilter', 'sensitive', 'SAFETY', 'RECITATION'].concat([
        'BLOCKLIST',
        'PROHIBITED_CONTENT',
        'SPII',
        'IMAGE_SAFETY',
        'IMAGE_PROHIBITED_CONTENT',
        'LANGUAGE',
        'FINISH_REASON_PROHIBITED_CONTENT',
        'finish_reason: recitation',
        'refusal',
        'guardrail_intervened',
        'ERROR_TOXIC',
        'output_sensitive',
        'azure_content_filter',
      ]),
    ],
    ['toolCalls', ['tool_calls', 'TOOL_CALL', 'tool_use', 'function_call', 'FinishReason.TOOL_CALLS']],
    [
      'malformedToolCall',
      ['MALFORMED_FUNCTION_CALL', 'malformed_function_call', 'malformed_tool_use'].concat([
        'FINISH_REASON_MALFORMED_FUNCTION_CALL',
        'UNEXPECTED_TOOL_CALL',
      ]),
    ],
    ['malformedOutput', ['MALFORMED_RESPONSE', 'malformed_model_output']],
    [
      'failure',
      ['error', 'ERROR', 'abort', 'cancelled', 'network_error', 'NetworkError', 'server_error'].concat([
        'insufficient_system_resource',
        'upstream_timeout',
        'FINISH_REASON_ERROR',
        'generation failed',
        'engine_exception',
      ]),
    ],
    // an unknown reason counts as an ordinary end
    [
      'stop',
      ['load', 'unload', 'OTHER', 'FINISH_REASON_UNSPECIFIED', 'constructor', 'errors_none', '', '🙂'],
    ],
  ])('%s', (ending, words) => {
    expect(words.filter((word) => finishCategory({ finish_reason: word }) !== ending)).toEqual([]);
  });

  it.each([null, undefined, 7, {}, ['error']])('is unknown for %j', (word) => {
    expect(finishCategory({ finish_reason: word })).toBe('stop');
  });
});

describe("a provider's own finish reason beside the gateway's", () => {
  it.each<[string, string, FinishCategory]>([
    ['stop', 'stop_sequence', 'stopSequence'],
    ['stop', 'MALFORMED_FUNCTION_CALL', 'malformedToolCall'],
    ['error', 'MALFORMED_FUNCTION_CALL', 'malformedToolCall'],
    ['stop', 'RECITATION', 'filter'],
    ['length', 'model_context_window_exceeded', 'contextWindow'],
    ['length', 'MAX_TOKENS', 'limit'],
    ['stop', 'STOP', 'stop'],
    // these say enough
    ['stop', 'error', 'stop'],
    ['tool_calls', 'stop_sequence', 'toolCalls'],
    ['content_filter', 'stop_sequence', 'filter'],
  ])('%s, %s', (finish_reason, native_finish_reason, ending) => {
    expect(finishCategory({ finish_reason, native_finish_reason })).toBe(ending);
  });
});
