import { UpstreamError, type UpstreamErrorDetails } from '../openai/upstream.error.js';
import { isUnknownModel } from './unknown-model.js';

const LITELLM =
  "{'error': '/chat/completions: Invalid model name passed in model=gpt-9. Call `/v1/models` to view available models for your key.'}";

describe('a model that the upstream does not serve', () => {
  it.each<[string, number, string, UpstreamErrorDetails?]>([
    ['LiteLLM', 400, LITELLM, { type: 'None', code: '400' }],
    [
      'LiteLLM, no provider',
      400,
      'litellm.BadRequestError: LLM Provider NOT provided. Pass in the LLM provider you are trying to call. You passed model=gpt-9',
    ],
    ['DeepSeek', 400, 'Model Not Exist', { code: 'invalid_request_error' }],
    ['Mistral', 400, 'Invalid model: mistral-9', { type: 'invalid_model', code: '1500' }],
    ['Mistral in words', 422, 'Invalid model: mistral-9'],
    ['OpenRouter', 400, 'acme/gpt-9 is not a valid model ID'],
    ['OpenAI behind 400', 400, 'x', { code: 'model_not_found' }],
    ['a router of llama.cpp', 400, "model 'gpt-9' not found"],
    ['vLLM behind 422', 422, 'The model `gpt-9` does not exist.'],
    ['vLLM', 404, 'The model `gpt-9` does not exist.'],
    ['Gemini', 404, 'models/gpt-9 is not found for API version v1main, model not found'],
  ])('%s', (...[, status, message, details = {}]) => {
    expect(isUnknownModel(new UpstreamError('status', message, { ...details, status }))).toBe(true);
  });

  it.each<[string, number, string]>([
    ['a tool', 400, 'The tool that the model called was not found'],
    ['a file', 422, 'The image of the model was not found'],
    ['a parameter', 400, 'Invalid model parameter: temperature must be below 2'],
    ['a parameter of the model', 400, "The model 'gpt-9' does not support images"],
    ['a role', 400, 'Invalid role: model'],
    ['an adapter', 400, 'The adapter does not exist in the model'],
    ['a path', 404, 'Not Found'],
    ['a failure', 500, "model 'gpt-9' not found"],
    ['no permission', 403, "model 'gpt-9' not found"],
  ])('is not found in an error about %s', (_, status, message) => {
    expect(isUnknownModel(new UpstreamError('status', message, { status }))).toBe(false);
  });
});
