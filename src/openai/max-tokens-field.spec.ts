import { gatewayTo, params, targetAt, waiting } from '../../test/support/gateway.js';
import { answerJson, startScriptedUpstream } from '../../test/support/scripted-upstream.js';
import type { UpstreamScript } from '../../test/support/scripted-upstream.js';
import { targetOf, upstreamOf } from '../../test/support/upstream-target.js';
import type { ChatCompletionParams } from './chat-completion.js';
import { MaxTokensFields } from './max-tokens-field.js';
import { UpstreamError, type UpstreamErrorDetails } from './upstream.error.js';

const target = targetOf();
const old: ChatCompletionParams = { ...params, max_tokens: 5 };
const renamed: ChatCompletionParams = { ...params, max_completion_tokens: 5 };
const OPENAI =
  "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";

describe('MaxTokensFields.alternative', () => {
  const refusal = (message: string, details: UpstreamErrorDetails): UpstreamError =>
    new UpstreamError('status', message, details);

  it.each<[name: string, params: ChatCompletionParams, error: unknown, alternative: ChatCompletionParams]>([
    [
      'OpenAI',
      old,
      refusal(OPENAI, { status: 400, code: 'unsupported_parameter', param: 'max_tokens' }),
      renamed,
    ],
    ['OpenAI with only a message', old, refusal(OPENAI, { status: 400 }), renamed],
    [
      'Azure',
      renamed,
      refusal('Unrecognized request argument supplied: max_completion_tokens', { status: 400 }),
      old,
    ],
    [
      'Mistral',
      renamed,
      refusal('Extra inputs are not permitted', {
        status: 422,
        type: 'extra_forbidden',
        param: 'max_completion_tokens',
      }),
      old,
    ],
  ])('renames for %s', (_name, given, error, alternative) => {
    expect(new MaxTokensFields().alternative(given, error)).toStrictEqual(alternative);
  });

  it.each<[name: string, params: ChatCompletionParams, error: unknown]>([
    ['no limit', params, refusal(OPENAI, { status: 400, code: 'unsupported_parameter' })],
    ['both limits', { ...old, ...renamed }, refusal(OPENAI, { status: 400 })],
    [
      'a limit too large',
      old,
      refusal('max_tokens is too large: 9000', { status: 400, param: 'max_tokens' }),
    ],
    [
      'another parameter',
      old,
      refusal(OPENAI, { status: 400, code: 'unsupported_parameter', param: 'stop' }),
    ],
    ['another parameter in the message', old, refusal("Unsupported parameter: 'stop'", { status: 400 })],
    ['another status', old, refusal(OPENAI, { status: 500 })],
    ['no status', old, new UpstreamError('reset', OPENAI)],
    ['any other error', old, new Error(OPENAI)],
  ])('does not rename for %s', (_name, given, error) => {
    expect(new MaxTokensFields().alternative(given, error)).toBeUndefined();
  });
});

describe('MaxTokensFields.apply', () => {
  it('renames for the model that refused the name, and for no other', () => {
    const fields = new MaxTokensFields();
    fields.remember(target, renamed);
    expect(fields.apply(target, old)).toStrictEqual(renamed);
    expect(fields.apply(target, renamed)).toBe(renamed);
    expect(fields.apply(target, params)).toBe(params);
    expect(fields.apply(targetOf('generic', { model: 'other' }), old)).toBe(old);
    expect(fields.apply({ ...target, upstream: upstreamOf({ name: 'other' }) }, old)).toBe(old);
  });

  it('forgets the oldest of many models', () => {
    const fields = new MaxTokensFields();
    for (let count = 0; count <= 1_000; count += 1)
      fields.remember(targetOf('generic', { model: `m${count}` }), renamed);
    expect(fields.apply(targetOf('generic', { model: 'm0' }), old)).toBe(old);
    expect(fields.apply(targetOf('generic', { model: 'm1' }), old)).toStrictEqual(renamed);
  });
});

describe('OpenAIGateway with a model that refuses max_tokens', () => {
  const completion = { choices: [] };
  const refuse = answerJson(
    { error: { message: OPENAI, code: 'unsupported_parameter', param: 'max_tokens' } },
    400,
  );
  const accept = answerJson(completion);
  const strict: UpstreamScript = (request, response) => {
    const refused = JSON.stringify(request.body).includes('max_tokens');
    return (refused ? refuse : accept)(request, response);
  };

  it('calls again with the other field, and uses that field from then on', async () => {
    const upstream = await startScriptedUpstream(strict);
    const target = targetAt(upstream.baseUrl);
    const gateway = gatewayTo(target);
    await expect(gateway.complete(target, old, waiting)).resolves.toEqual(completion);
    await expect(gateway.complete(target, old, waiting)).resolves.toEqual(completion);
    const whole = { stream: false };
    expect(upstream.requests.map(({ body }) => body)).toEqual([
      { ...old, ...whole },
      { ...renamed, ...whole },
      { ...renamed, ...whole },
    ]);
    await gateway.onApplicationShutdown();
    await upstream.close();
  });

  it('calls again only once', async () => {
    const upstream = await startScriptedUpstream(refuse);
    const target = targetAt(upstream.baseUrl);
    const gateway = gatewayTo(target);
    await expect(gateway.stream(target, old, waiting)).rejects.toMatchObject({
      status: 400,
      message: OPENAI,
    });
    await expect(gateway.complete(target, old, waiting)).rejects.toMatchObject({ status: 400 });
    expect(upstream.requests).toHaveLength(4);
    await gateway.onApplicationShutdown();
    await upstream.close();
  });
});
