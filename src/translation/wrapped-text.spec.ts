import { cpuTimeMs } from '../../test/support/cpu-time.js';
import { innermostText } from './wrapped-text.js';

const OVERFLOW =
  "This model's maximum context length is 32768 tokens. However, you requested 33077 tokens. Please reduce the length of the messages.";
const REPEATED =
  'litellm.ContextWindowExceededError: litellm.BadRequestError: ContextWindowExceededError: Hosted_vllmException - ';
const SETTINGS =
  "\nmodel=team-a-internal. context_window_fallbacks=None. fallbacks=[{'a': ['b']}].\n\nSet 'context_window_fallback' - https://docs.litellm.ai/docs/routing#fallbacks";
const GROUPS =
  '. Received Model Group=team-a-internal\nAvailable Model Group Fallbacks=None LiteLLM Retried: 1 times, LiteLLM Max Retries: 2';

const json = (message: string) => JSON.stringify({ error: { message, type: 'x', code: '400' } });
/** As Python prints bytes. */
const bytes = (text: string) => `b'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

describe('the message of the server behind a gateway', () => {
  it.each<[string, string, string]>([
    [
      'LiteLLM before vLLM',
      `${REPEATED}Error code: 400 - {'object': 'error', 'message': "${OVERFLOW}", 'type': 'BadRequestError'}${SETTINGS}${GROUPS}`,
      OVERFLOW,
    ],
    ['LiteLLM before OpenAI', `${REPEATED}${OVERFLOW}${SETTINGS}`, OVERFLOW],
    [
      'LiteLLM before an object',
      `litellm.RateLimitError: geminiException - ${json('Slow down.')}${GROUPS}`,
      'Slow down.',
    ],
    [
      'LiteLLM before LiteLLM',
      `litellm.BadRequestError: AnthropicException - ${bytes(json(`litellm.BadRequestError: AnthropicException - \n${bytes(json('No \'x\' "here".'))}${GROUPS}`))}${GROUPS}`,
      'No \'x\' "here".',
    ],
    [
      'two names in a row',
      `litellm.BadRequestError: AzureException BadRequestError - {\n"error": {\n "message": "No such thing: caf\\u00e9."}}`,
      'No such thing: café.',
    ],
    [
      'a text alone',
      `litellm.BadRequestError: OpenAIException - Invalid content type.\nReceived Model Group=g`,
      'Invalid content type.',
    ],
    ['a timeout', 'litellm.Timeout: APITimeoutError - Request timed out.', 'Request timed out.'],
    [
      'a route, in an object of Python',
      "{'error': '/chat/completions: Invalid model name passed in model=m. Call `/v1/models`'}",
      'Invalid model name passed in model=m. Call `/v1/models`',
    ],
    ['the client of OpenAI', "Error code: 422 - {'detail': 'not an int'}", 'not an int'],
    ['OpenRouter', `Provider returned error: ${json('No.')}`, 'No.'],
    ['an object that was cut off', `OpenAIException - {"error":{"message":"It is too lo`, 'It is too lo'],
    ['an object without words', 'OpenAIException - {"error":{}}', '{"error":{}}'],
    ['internals alone', 'No fallback model group found for original model_group=g. Fallbacks=[]', ''],
    ['nothing', '', ''],
    [
      'no gateway',
      'Error: message: "a" is - not {"message": "b"}',
      'Error: message: "a" is - not {"message": "b"}',
    ],
    ['OpenRouter with a text', 'Provider returned error: slow down', 'Provider returned error: slow down'],
  ])('%s', (_, text, expected) => {
    expect(innermostText(text)).toBe(expected);
  });

  it('is found in linear time for hostile texts', () => {
    const texts = ['aError: ', '\\', "b'{", '{"message":"', '. '].map((piece) => piece.repeat(100_000));
    const startedAt = cpuTimeMs();
    for (const text of texts) innermostText(text);
    expect(cpuTimeMs() - startedAt).toBeLessThan(1_000);
  });
});
