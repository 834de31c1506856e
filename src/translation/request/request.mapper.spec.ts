import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ServiceTierType } from '../../bedrock/converse/service-tier.dto.js';
import { DIALECT_NAMES, type DialectName } from '../../config/dialect-names.js';
import { DIALECTS } from '../../openai/dialects.js';
import { mapRequest, refusalOf } from '../../../test/support/map-request.js';

/** The params except model and messages, and the ignored members. */
function send(request: ConverseRequestDto, dialect: DialectName = 'generic'): object {
  const { params, ignored } = mapRequest(request, dialect);
  const { model: _model, messages: _messages, ...rest } = params;
  return ignored.length === 0 ? rest : { ...rest, ignored };
}

it("sends the target's model and nothing that the request does not set", () => {
  expect(mapRequest({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] })).toStrictEqual({
    params: { model: 'a-model', messages: [{ role: 'user', content: 'Hello' }] },
    ignored: [],
  });
});

it('does not change the request', () => {
  const request: ConverseRequestDto = {
    system: [{ text: 'A' }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'Hello' }, { cachePoint: { type: 'default' } }] }],
    toolConfig: {
      tools: [{ toolSpec: { name: 'a', inputSchema: { json: {} } } }, { cachePoint: { type: 'default' } }],
    },
    additionalModelRequestFields: { extra_body: { seed: 1 }, thinking: { type: 'disabled' } },
  };
  const before = structuredClone(request);
  mapRequest(request, 'litellm');
  expect(request).toEqual(before);
});

it('treats null members as absent', () => {
  const members = [
    'system',
    'inferenceConfig',
    'toolConfig',
    'guardrailConfig',
    'additionalModelRequestFields',
    'promptVariables',
    'additionalModelResponseFieldPaths',
    'requestMetadata',
    'performanceConfig',
    'serviceTier',
    'outputConfig',
  ];
  expect(send(Object.fromEntries(members.map((member) => [member, null])))).toStrictEqual({});
  const inner = {
    inferenceConfig: { maxTokens: null, stopSequences: null },
    outputConfig: { effort: null, textFormat: null },
  };
  expect(send(inner as unknown as ConverseRequestDto)).toStrictEqual({});
});

describe('inferenceConfig', () => {
  it.each<[ConverseRequestDto['inferenceConfig'], object]>([
    [{}, {}],
    [
      { maxTokens: 5, temperature: 0, topP: 0 },
      { max_tokens: 5, temperature: 0, top_p: 0 },
    ],
    [{ stopSequences: [] }, {}],
    [{ stopSequences: [' ', 'b', 'c', 'd', 'e'] }, { stop: [' ', 'b', 'c', 'd', 'e'] }],
  ])('%j', (inferenceConfig, expected) => {
    expect(send({ inferenceConfig })).toStrictEqual(expected);
  });

  it.each(DIALECT_NAMES)('maxTokens has the name that the server expects: %s', (dialect) => {
    expect(send({ inferenceConfig: { maxTokens: 5 } }, dialect)).toEqual({
      [DIALECTS[dialect].maxTokensField]: 5,
    });
  });

  it.each<[DialectName, number]>([
    ['openai', 4],
    ['azure', 4],
    ['groq', 4],
    ['gemini', 5],
    ['deepseek', 16],
  ])('more stop sequences than the server accepts are refused: %s', (dialect, most) => {
    const stopSequences = Array.from({ length: most }, (_, index) => `${index}`);
    expect(send({ inferenceConfig: { stopSequences } }, dialect)).toEqual({ stop: stopSequences });
    expect(
      refusalOf(() => send({ inferenceConfig: { stopSequences: [...stopSequences, 'x'] } }, dialect)),
    ).toBe(
      `ValidationException: The value at inferenceConfig.stopSequences is invalid: the upstream takes at most ${most} stop sequences.`,
    );
  });
});

describe('outputConfig.textFormat', () => {
  const textFormat = (schema: string, fields: { name?: string; description?: string } = {}) => ({
    type: 'json_schema' as const,
    structure: { jsonSchema: { schema, ...fields } },
  });
  const strictText = '{"type":"object","properties":{},"required":[],"additionalProperties":false}';
  const format = (fields: object) => ({
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'response', strict: false, schema: {}, ...fields },
    },
  });

  it.each<[string, ReturnType<typeof textFormat>, DialectName, object]>([
    ['a schema', textFormat('{"type":"string"}'), 'generic', format({ schema: { type: 'string' } })],
    [
      'name and description',
      textFormat('{}', { name: 'City', description: 'A city' }),
      'generic',
      format({ name: 'City', description: 'A city' }),
    ],
    [
      'a name with other characters',
      textFormat('{}', { name: 'Città di Roma' }),
      'generic',
      format({ name: 'Citt__di_Roma' }),
    ],
    ['a long name', textFormat('{}', { name: 'x'.repeat(99) }), 'generic', format({ name: 'x'.repeat(64) })],
    ['an empty name', textFormat('{}', { name: '' }), 'generic', format({})],
    [
      'a schema that is strict',
      textFormat(strictText),
      'openai',
      format({ schema: JSON.parse(strictText), strict: true }),
    ],
    ['a server that is always strict', textFormat('{}'), 'vllm', format({ strict: true })],
    ['a server without schemas', textFormat('{}'), 'deepseek', { ignored: ['outputConfig.textFormat'] }],
  ])('%s', (_, value, dialect, expected) => {
    expect(send({ outputConfig: { textFormat: value } }, dialect)).toEqual(expected);
  });

  it.each([
    ['no JSON', '{', 'provide the text of a JSON object.'],
    ['empty', '', 'provide the text of a JSON object.'],
    ['a list', '[]', 'provide the text of a JSON object.'],
    ['null', 'null', 'provide the text of a JSON object.'],
    ['too deep', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'it is nested deeper than 100 levels.'],
  ])('a schema is refused: %s', (_, schema, reason) => {
    expect(refusalOf(() => send({ outputConfig: { textFormat: textFormat(schema) } }))).toBe(
      `ValidationException: The value at outputConfig.textFormat.structure.jsonSchema.schema is invalid: ${reason}`,
    );
  });
});

describe('serviceTier', () => {
  it.each<[DialectName, ServiceTierType, object]>([
    ['openai', 'default', { service_tier: 'default' }],
    ['openai', 'flex', { service_tier: 'flex' }],
    ['azure', 'priority', { service_tier: 'priority' }],
    ['openai', 'reserved', { ignored: ['serviceTier'] }],
    ['generic', 'flex', { ignored: ['serviceTier'] }],
    ['vllm', 'default', { ignored: ['serviceTier'] }],
  ])('%s: %s', (dialect, type, expected) => {
    expect(send({ serviceTier: { type } }, dialect)).toEqual(expected);
  });
});

describe('additionalModelResponseFieldPaths', () => {
  it.each([['/a'], ['/a/0/b~0~1'], ['/']])('accepts a JSON Pointer: %s', (path) => {
    expect(send({ additionalModelResponseFieldPaths: ['/ok', path] })).toEqual({});
  });

  it.each([['a'], ['a/b'], ['/a~'], ['/a~2b'], ['#/a'], ['']])(
    'refuses a path that is not a JSON Pointer: %j',
    (path) => {
      expect(refusalOf(() => send({ additionalModelResponseFieldPaths: ['/ok', path] }))).toBe(
        'ValidationException: The value at additionalModelResponseFieldPaths.1 is invalid: provide a JSON Pointer such as /usage.',
      );
    },
  );
});

describe('members without an equivalent', () => {
  const parameters: [string, ConverseRequestDto][] = [
    ['guardrailConfig', { guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1' } }],
    ['promptVariables', { promptVariables: { a: { text: 'x' } } }],
    ['performanceConfig', { performanceConfig: { latency: 'optimized' } }],
    ['requestMetadata', { requestMetadata: { team: 'a' } }],
    ['serviceTier', { serviceTier: { type: 'flex' } }],
  ];

  it.each(parameters)('%s is reported', (path, request) => {
    expect(send(request)).toEqual({ ignored: [path] });
  });

  it.each(parameters)('%s is refused with UNSUPPORTED_PARAMETERS=reject', (path, request) => {
    expect(refusalOf(() => mapRequest(request, 'generic', 'reject'))).toBe(
      `ValidationException: The parameter ${path} has no equivalent here. Remove ${path} and try again.`,
    );
  });

  it('an empty map of prompt variables is not reported', () => {
    expect(send({ promptVariables: {} })).toEqual({});
  });
});

describe('hints', () => {
  it('are reported with their indexes and never refused', () => {
    const cachePoint = { type: 'default' as const };
    const request = {
      system: [{ text: 'A' }, { cachePoint }],
      messages: [
        { role: 'user' as const, content: [{ text: 'B' }, { cachePoint }] },
        {
          role: 'assistant' as const,
          content: [
            { reasoningContent: { reasoningText: { text: 'hm', signature: 'x' } } },
            { citationsContent: { content: [{ text: 'C' }], citations: [{ title: 't' }] } },
            { cachePoint },
          ],
        },
        {
          role: 'user' as const,
          content: [
            { searchResult: { source: 's', title: 't', content: [], citations: { enabled: true } } },
            { guardContent: { text: { text: 'G', qualifiers: ['query' as const] } } },
          ],
        },
      ],
      additionalModelRequestFields: { anthropic_version: 'x' },
      newMember: { any: 'thing' },
    };
    const expected = [
      'system.1.cachePoint',
      'messages.0.content.1.cachePoint',
      'messages.1.content.0.reasoningContent',
      'messages.1.content.1.citationsContent.citations',
      'messages.1.content.2.cachePoint',
      'messages.2.content.0.searchResult.citations',
      'messages.2.content.1.guardContent.text.qualifiers',
      'additionalModelRequestFields.anthropic_version',
      'newMember',
    ];
    expect(mapRequest(request).ignored).toEqual(expected);
    expect(mapRequest(request, 'generic', 'reject').ignored).toEqual(expected);
  });
});
