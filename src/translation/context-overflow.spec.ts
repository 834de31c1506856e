import { UpstreamError, type UpstreamErrorDetails } from '../openai/upstream.error.js';
import { isContextOverflow } from './context-overflow.js';

function error(message: string, details: UpstreamErrorDetails = { status: 400 }): UpstreamError {
  return new UpstreamError('status', message, details);
}

describe('input too long for the context', () => {
  it.each([
    [
      "OpenAI: This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
    ],
    ['Anthropic: prompt is too long: 210000 tokens > 200000 maximum'],
    ['Anthropic: input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000'],
    ['Gemini: The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).'],
    ["SGLang: The input (9000 tokens) is longer than the model's context length (8192 tokens)."],
    ['TGI: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000'],
    ['llama.cpp: request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it'],
    ['Ollama: the input length exceeds the context length'],
    ['Cerebras: Current length is 9000 while limit is 8192'],
    ['Watson: the maximum input length is 8192 tokens'],
    ['LM Studio: Trying to keep the first 9000 tokens when context the overflows.'],
  ])('%s', (message) => {
    expect(isContextOverflow(error(message))).toBe(true);
  });

  it.each<[string, UpstreamErrorDetails]>([
    ['code context_length_exceeded', { status: 400, code: 'context_length_exceeded' }],
    ['type exceed_context_size_error', { status: 400, code: '400', type: 'exceed_context_size_error' }],
    ['type ContextWindowExceededError', { status: 400, type: 'ContextWindowExceededError' }],
  ])('%s', (_, details) => {
    expect(isContextOverflow(error('too much', details))).toBe(true);
  });

  it.each([413, 422, 500])('the same message with status %d', (status) => {
    expect(isContextOverflow(error('prompt is too long', { status }))).toBe(true);
  });

  it.each<[string, UpstreamError]>([
    ['another error', error('temperature is too high')],
    ['the words behind a rate limit', error('prompt is too long', { status: 429 })],
    ['the words behind a 404', error('prompt is too long', { status: 404 })],
    [
      'a field that is too long',
      error('Invalid: string too long. Expected a string with maximum length 64', {
        status: 400,
        code: 'string_above_max_length',
      }),
    ],
    [
      'a user that is too long',
      error("Invalid 'user': string too long. Expected a string with maximum length 64"),
    ],
    ['nothing', error('')],
  ])('is not reported by %s', (_, other) => {
    expect(isContextOverflow(other)).toBe(false);
  });
});
