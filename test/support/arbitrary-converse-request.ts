import fc from 'fast-check';
import { sealReasoning } from '../../src/translation/reasoning-envelope.js';
import { json, text } from './arbitrary-json.js';
import type { ConverseRequest } from './map-request.js';

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const union = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.oneof(...Object.entries(members).map(([member, value]) => value.map((inner) => ({ [member]: inner }))));

const some = <Value>(value: fc.Arbitrary<Value>, maxLength = 3) => fc.array(value, { maxLength });

const notNull = json.filter((value) => value !== null);
const bytes = fc.oneof(
  fc.constantFrom('JVBERi0x', '//4=', '/w==', 'aGk='),
  fc.base64String({ minLength: 4, maxLength: 12 }),
);
const s3Location = fc.constant({ uri: 's3://bucket/key' });
const source = union({ bytes, s3Location });
const media = (...formats: string[]) => {
  const error = maybe(fc.record({ message: text }, { requiredKeys: [] }));
  return fc.record({ format: fc.constantFrom(...formats), source, error });
};
const image = media('png', 'jpeg', 'gif', 'webp');
const video = media('mkv', 'mov', 'mp4', 'three_gp');
const audio = media('mp3', 'wav', 'mpga', 'opus', 'x-aac');
const toolId = fc.constantFrom('t1', 't2', 'functions.f:0', 'abcDEF123', 'constructor', '__proto__');
const toolName = fc.constantFrom('a', 'b', 'constructor', '__proto__');
const citations = maybe(fc.record({ enabled: fc.boolean() }));
const texts = some(fc.record({ text }), 2);
const document = fc.record({
  name: text,
  format: maybe(fc.constantFrom('pdf', 'csv', 'docx', 'xls', 'html', 'txt')),
  context: maybe(text),
  citations,
  source: union({ bytes, s3Location, text, content: texts }),
});
const searchResult = fc.record({ source: text, title: text, content: texts, citations });
const cachePoint = fc.record({ type: fc.constant('default'), ttl: maybe(fc.constantFrom('5m', '1h')) });
const guardContent = union({
  text: fc.record({ text, qualifiers: maybe(fc.constant(['query'])) }),
  image: fc.record({ format: fc.constant('png'), source: fc.record({ bytes }) }),
});
const envelope = fc.record({
  upstream: fc.constant('main'),
  model: fc.constantFrom('a-model', 'other'),
  field: fc.constantFrom('reasoning' as const, 'reasoning_details' as const, 'thinking_blocks' as const),
  data: json,
});
const signature = maybe(fc.oneof(text, envelope.map(sealReasoning)));
const toolChange = fc.record({ tool: fc.record({ name: maybe(toolName), serverName: maybe(text) }) });

const block = union({
  text,
  image,
  document,
  video,
  audio,
  toolUse: fc.record({
    toolUseId: toolId,
    name: toolName,
    input: notNull,
    type: maybe(fc.constant('server_tool_use')),
  }),
  toolResult: fc.record({
    toolUseId: toolId,
    status: maybe(fc.constantFrom('success', 'error')),
    content: some(union({ json: notNull, text, image, document, video, searchResult })),
  }),
  guardContent,
  cachePoint,
  reasoningContent: union({ reasoningText: fc.record({ text, signature }), redactedContent: bytes }),
  citationsContent: fc.record({ content: maybe(texts), citations: maybe(fc.constant([{}])) }),
  searchResult,
  toolAddition: toolChange,
  toolRemoval: toolChange,
});

/** Calls and their results: without them few requests get past the pairing. */
const exchange = fc
  .tuple(fc.uniqueArray(toolId, { minLength: 1, maxLength: 3 }), notNull, some(block, 1))
  .map(([ids, input, more]) => [
    { role: 'assistant', content: ids.map((toolUseId) => ({ toolUse: { toolUseId, name: 'a', input } })) },
    {
      role: 'user',
      content: [...more, ...ids.map((toolUseId) => ({ toolResult: { toolUseId, content: [] } }))],
    },
  ]);
const turn = (content: fc.Arbitrary<object[]>) =>
  fc.record({ role: fc.constantFrom('user', 'assistant', 'system'), content }).map((message) => [message]);
const words = fc.record({ text: fc.constantFrom('a', 'b c') });
const messages = some(
  fc.oneof(turn(some(block)), turn(fc.array(words, { minLength: 1, maxLength: 2 })), exchange),
).map((turns) => turns.flat());

const toolSpec = fc.record({
  name: toolName,
  inputSchema: fc.record({ json: fc.oneof(fc.constant({}), notNull) }),
  strict: maybe(fc.boolean()),
});
const nothing = fc.constant({});
const jsonSchema = fc.record({
  schema: fc.oneof(
    text,
    json.map((value) => JSON.stringify(value)),
  ),
  name: maybe(text),
});

/** A request of the shapes that validation lets through; many are refused for what they ask. */
export const converseRequest = fc.record({
  messages: maybe(messages),
  system: maybe(some(union({ text, guardContent, cachePoint }))),
  inferenceConfig: maybe(
    fc.record({
      maxTokens: maybe(fc.nat(4_096)),
      temperature: maybe(fc.double()),
      stopSequences: maybe(some(text, 6)),
    }),
  ),
  toolConfig: maybe(
    fc.record({
      tools: fc.array(union({ toolSpec, cachePoint, systemTool: fc.record({ name: toolName }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      toolChoice: maybe(union({ auto: nothing, any: nothing, tool: fc.record({ name: toolName }) })),
    }),
  ),
  additionalModelRequestFields: maybe(json),
  additionalModelResponseFieldPaths: maybe(some(fc.oneof(fc.constant('/a'), text), 2)),
  guardrailConfig: maybe(fc.constant({ trace: 'enabled' })),
  serviceTier: maybe(fc.record({ type: fc.constantFrom('default', 'flex', 'reserved') })),
  outputConfig: maybe(
    fc.record({
      effort: maybe(text),
      textFormat: maybe(
        fc.record({ type: fc.constant('json_schema'), structure: fc.record({ jsonSchema }) }),
      ),
    }),
  ),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<ConverseRequest>; // the formats above are the model's
