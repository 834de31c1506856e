import { gzipSync } from 'node:zlib';
import { asking, badRequest, goodWith, type BadRequest } from '../support/bad-request.js';

const GOOD = asking({ text: 'Hello.' });
const NOT_JSON = 'The request body is not valid JSON';
const NO_OBJECT = 'The request body must be a JSON object';
const INVALID_MODEL = 'The provided model identifier is invalid.';
const UNKNOWN = 'The requested operation is not recognized by the service.';
const WHAT_THERE_IS = `${UNKNOWN} There is POST /v1/messages, POST /anthropic/v1/messages, POST /v1/messages/count_tokens, POST /anthropic/v1/messages/count_tokens, POST /openai/v1/chat/completions, POST /v1/chat/completions, GET /openai/v1/models, GET /openai/v1/models/{modelId}, GET /v1/models, GET /v1/models/{modelId}, POST /model/{modelId}/converse, POST /model/{modelId}/converse-stream, POST /model/{modelId}/count-tokens, GET /foundation-models, GET /foundation-models/{modelId}, GET /inference-profiles, GET /inference-profiles/{modelId}, POST /model/{modelId}/invoke, POST /model/{modelId}/invoke-with-response-stream, POST /rerank, POST /guardrail/{guardrailIdentifier}/version/{guardrailVersion}/apply, GET /guardrails, GET /guardrails/{guardrailIdentifier}, POST /guardrail-checks/invoke, GET /prompts, GET /prompts/{promptIdentifier}.`;
const takesPost = (path: string): string => `${UNKNOWN} ${path} takes POST.`;
const MEGABYTE = { MAX_BODY_MB: '1' };
const OVERSIZE = goodWith({ padding: 'x'.repeat(3 * 1024 * 1024) });
const TOO_LARGE = 'The request body is larger than 1048576 bytes';
const TOO_DEEP = 'The request body is nested deeper than 100 levels';
const TOO_WIDE = 'The request body has more than 50000 keys';

/** Errors of a request that are found before its members are checked. */
export const ENVELOPE: readonly BadRequest[] = [
  badRequest('not JSON', '{"messages": [', NOT_JSON),
  badRequest('JSON and more', `${JSON.stringify(GOOD)}}`, NOT_JSON),
  badRequest('single quotes', "{'messages': []}", NOT_JSON),
  badRequest('bytes of no text', Buffer.from([0x00, 0xff, 0xfe]), NOT_JSON),
  badRequest('an array', [GOOD], NO_OBJECT),
  badRequest('a string', '"hello"', NO_OBJECT),
  badRequest('a number', '7', NO_OBJECT),
  badRequest('null', 'null', NO_OBJECT),
  badRequest('no body', '', /\bmessages\b/),
  badRequest(
    'a compressed body',
    gzipSync(JSON.stringify(GOOD)),
    'A compressed request body is not supported',
    {
      headers: { 'content-encoding': 'gzip' },
    },
  ),
  badRequest('an oversize body', OVERSIZE, TOO_LARGE, { environment: MEGABYTE }),
  badRequest('an oversize body of unknown length', OVERSIZE, TOO_LARGE, {
    environment: MEGABYTE,
    chunked: true,
  }),
  badRequest('a depth bomb', '['.repeat(5 * 1024 * 1024), TOO_DEEP),
  badRequest('a document of 101 levels', goodWith({ additionalModelRequestFields: nested(100) }), TOO_DEEP),
  badRequest('a key bomb', goodWith({ additionalModelRequestFields: wide(100_000) }), TOO_WIDE),

  ...(
    [
      ['an unknown operation', 'POST', '/model/m/unknown', WHAT_THERE_IS],
      ['another method', 'GET', '/model/m/converse', takesPost('/model/{modelId}/converse')],
      [
        'a method that clients do not use',
        'DELETE',
        '/model/a/b/converse-stream?x=1',
        takesPost('/model/{modelId}/converse-stream'),
      ],
      [
        'another method of the control plane',
        'POST',
        '/foundation-models',
        `${UNKNOWN} /foundation-models takes GET.`,
      ],
      ['no model', 'POST', '/model/converse', WHAT_THERE_IS],
      ['an empty model', 'POST', '/model//converse', WHAT_THERE_IS],
      ['the root', 'GET', '/', WHAT_THERE_IS],
      ['the path of another API', 'POST', '/api/chat', WHAT_THERE_IS],
      ['a prefix', 'POST', '/bedrock/model/m/converse', WHAT_THERE_IS],
    ] as const
  ).map(([name, method, path, message]) => {
    const refusal = { method, path, status: 404, errorType: 'UnknownOperationException' };
    return badRequest(name, method === 'POST' ? GOOD : '', message, refusal);
  }),

  badRequest('a path that cannot be decoded', GOOD, /./, { path: '/model/%zz/converse' }),
  ...(
    [
      ['a model with a null byte', '/model/a%00b/converse'],
      ['a model with a line break', '/model/a%0D%0Ax-header:1/converse'],
      ['a model that climbs', '/model/../converse'],
      ['a model that climbs, encoded', '/model/..%2F..%2Fadmin/converse'],
      ['a model that climbs in its middle', '/model/a/%2e%2e/b/converse-stream'],
      ['a model of 2,049 characters', `/model/${'a'.repeat(2_049)}/converse`],
    ] as const
  ).map(([name, path]) => badRequest(name, GOOD, INVALID_MODEL, { path })),
  badRequest('a prompt in place of a model', GOOD, /\bmodelId\b/, {
    path: '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aprompt%2FABCDEFGHIJ%3A1/converse',
  }),
];

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

function wide(keys: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, index]));
}
