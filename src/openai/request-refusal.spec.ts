import type { DialectName } from '../config/dialect-names.js';
import { markRefusal } from './request-refusal.js';
import { UpstreamError, type UpstreamFailure } from './upstream.error.js';

const NO_IMAGES =
  'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj';

function isRefusal(
  dialect: DialectName,
  message: string,
  status = 500,
  failure: UpstreamFailure = 'status',
): boolean {
  const details = { status, code: '500', type: 'server_error', param: 'p', cause: 'c' };
  const error = new UpstreamError(failure, message, details);
  const marked = markRefusal(error, dialect);
  if (marked === error) return false;
  expect(marked).toEqual(new UpstreamError(failure, message, { ...details, refusesRequest: true }));
  return true;
}

describe('a 500 whose message refuses the request', () => {
  it.each<[DialectName, string]>([
    ['llamacpp', NO_IMAGES],
    ['llamacpp', 'audio input is not supported by this server'],
    ['llamacpp', 'Failed to load image or audio file'],
    ['llamacpp', 'Failed to parse messages: Unsupported content part type: "image_url"; messages = []'],
    ['llamacpp', 'Cannot use custom grammar constraints with tools.'],
    ['llamacpp', 'Conversation roles must alternate user/assistant/user/assistant/... at row 3'],
    ['lmstudio', NO_IMAGES],
    ['ollama', 'this model is missing data required for image input'],
    ['generic', NO_IMAGES],
    ['litellm', `litellm.InternalServerError: InternalServerError: OpenAIException - ${NO_IMAGES}`],
    ['litellm', 'litellm.InternalServerError: OpenAIException - Failed to load image or audio file'],
    ['litellm', 'litellm.ImageFetchError: Error: Unable to fetch image from URL. Status code: 404'],
  ])('%s: %s', (dialect, message) => {
    expect(isRefusal(dialect, message)).toBe(true);
  });
});

describe('a failure of the server', () => {
  it.each<[DialectName, string]>([
    ['llamacpp', 'Compute error.'],
    ['llamacpp', 'failed to process image'],
    ['llamacpp', 'the server failed to load image weights'],
    ['litellm', 'litellm.InternalServerError: OpenAIException - Connection error.'],
    ['generic', 'CUDA out of memory'],
    ['generic', ''],
    // servers that are not known to refuse requests with 500
    ['openai', NO_IMAGES],
    ['vllm', NO_IMAGES],
    ['azure', NO_IMAGES],
  ])('%s: %s', (dialect, message) => {
    expect(isRefusal(dialect, message)).toBe(false);
  });

  it.each([502, 503, 504])('%d with any message', (status) => {
    expect(isRefusal('llamacpp', NO_IMAGES, status)).toBe(false);
  });

  it('that did not come from an upstream', () => {
    expect(isRefusal('llamacpp', NO_IMAGES, 500, 'unusable')).toBe(false);
    const error = new Error(NO_IMAGES);
    expect(markRefusal(error, 'llamacpp')).toBe(error);
  });
});
