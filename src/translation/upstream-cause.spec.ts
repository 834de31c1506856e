import { UpstreamError, type UpstreamErrorDetails } from '../openai/upstream.error.js';
import { isContentRefusal, upstreamErrorToException } from './upstream-error.js';

function status(
  code: number | undefined,
  message = 'Oops.',
  details: UpstreamErrorDetails = {},
): UpstreamError {
  return new UpstreamError('status', message, { status: code, ...details });
}

const UNEXPECTED = 'The system encountered an unexpected error during processing. Try your request again.';
const TOO_MANY = 'Too many requests, please wait before trying again.';

describe("the upstream's error code and message → exception", () => {
  it.each<[string, UpstreamError, string]>([
    [
      'OpenAI: context',
      status(400, 'x', { code: 'context_length_exceeded' }),
      'ValidationException: Input is too long for requested model. x',
    ],
    [
      'Gemini: context behind 500',
      status(500, 'It exceeds the maximum number of tokens allowed (9).'),
      'ValidationException: Input is too long for requested model. It exceeds the maximum number of tokens allowed (9).',
    ],
    [
      'OpenAI: quota',
      status(429, 'x', { code: 'insufficient_quota' }),
      'ServiceQuotaExceededException: The quota of the model provider is used up. x',
    ],
    [
      'LiteLLM: budget',
      status(400, 'x', { type: 'budget_exceeded' }),
      'ServiceQuotaExceededException: The quota of the model provider is used up. x',
    ],
    ['OpenAI: too fast', status(429, 'x', { code: 'slow_down' }), `ThrottlingException: ${TOO_MANY} x`],
    [
      'OpenAI: overloaded',
      status(500, 'x', { code: 'server_is_overloaded' }),
      'ServiceUnavailableException: Bedrock is unable to process your request. x',
    ],
    [
      'Anthropic: overloaded',
      status(500, 'x', { type: 'overloaded_error' }),
      'ServiceUnavailableException: Bedrock is unable to process your request. x',
    ],
    [
      'Gemini: rate behind 400',
      status(400, 'Quota exceeded for x'),
      `ThrottlingException: ${TOO_MANY} Quota exceeded for x`,
    ],
    [
      'Gemini: rate by its status',
      status(400, 'x', { type: 'RESOURCE_EXHAUSTED' }),
      `ThrottlingException: ${TOO_MANY} x`,
    ],
    [
      'Groq: larger than the limit',
      status(413, 'Request too large', { code: 'rate_limit_exceeded' }),
      'ValidationException: The model returned the following errors: Request too large',
    ],
    [
      'llama.cpp: loading',
      status(503, 'Loading model', { type: 'unavailable_error' }),
      'ModelNotReadyException: The model is not ready for inference requests yet.',
    ],
    [
      'Hugging Face: loading',
      status(503, 'Model x is currently loading'),
      'ModelNotReadyException: The model is not ready for inference requests yet.',
    ],
    [
      'Groq: broken call',
      status(400, 'x', { code: 'tool_use_failed' }),
      'ModelErrorException: The model returned a malformed tool call.',
    ],
    [
      'Azure: filter',
      status(400, 'x', { code: 'content_filter' }),
      'ValidationException: The model returned the following errors: x',
    ],
    [
      'OpenAI: model',
      status(404, 'x', { code: 'model_not_found' }),
      'ResourceNotFoundException: Could not resolve the foundation model from the provided model identifier. x',
    ],
    [
      'Azure: deployment',
      status(404, 'x', { code: 'DeploymentNotFound' }),
      'ResourceNotFoundException: Could not resolve the foundation model from the provided model identifier. x',
    ],
    [
      'vLLM: model',
      status(404, 'The model `m` does not exist.'),
      'ResourceNotFoundException: Could not resolve the foundation model from the provided model identifier. The model `m` does not exist.',
    ],
    [
      'Ollama: model',
      status(404, "model 'm' not found"),
      "ResourceNotFoundException: Could not resolve the foundation model from the provided model identifier. model 'm' not found",
    ],
    [
      'a page about models',
      status(404, '<html>The model page was not found</html>'),
      `InternalServerException: ${UNEXPECTED} The upstream does not know this path.`,
    ],
    [
      '403 for a model',
      status(403, 'x', { code: 'model_not_found' }),
      "AccessDeniedException: You don't have access to the model with the specified model ID. x",
    ],
    [
      'a page',
      status(503, '<html>nginx</html>'),
      'ServiceUnavailableException: Bedrock is unable to process your request.',
    ],
    [
      'a name that every object inherits',
      status(400, 'x', { code: 'constructor' }),
      'ValidationException: The model returned the following errors: x',
    ],
  ])('%s', (_, error, expected) => {
    const { name, message } = upstreamErrorToException(error);
    expect(`${name}: ${message}`).toBe(expected);
  });
});

describe('a refusal of the content', () => {
  it.each<[string, UpstreamError, boolean]>([
    ['Azure', status(400, 'x', { code: 'content_filter' }), true],
    ['OpenAI', status(400, 'x', { code: 'content_policy_violation' }), true],
    [
      'OpenAI in words',
      status(400, 'Your prompt was flagged as potentially violating our usage policy.'),
      true,
    ],
    [
      'LiteLLM before Azure',
      status(400, "The response was filtered due to Azure OpenAI's content management policy", {
        code: '400',
      }),
      true,
    ],
    [
      'OpenRouter',
      status(403, 'Your chosen model requires moderation and your input was flagged for "x"'),
      true,
    ],
    ['another 400', status(400, 'content must be a string'), false],
    ['another 403', status(403, 'Not allowed'), false],
    ['the words behind 500', status(500, 'content management policy'), false],
    ['a context that is too small', status(400, 'x', { code: 'context_length_exceeded' }), false],
    [
      'no answer',
      new UpstreamError('unusable', 'content management policy', { code: 'content_filter' }),
      false,
    ],
  ])('%s: %s', (_, error, refused) => {
    expect(isContentRefusal(error)).toBe(refused);
  });
});
