import fc from 'fast-check';
import { encodeReasoningEnvelope } from '../../src/translation/reasoning-envelope.js';
import { json, object, text } from './arbitrary-json.js';
import type { ConverseRequest } from './map-request.js';

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

/** True once in this many times. */
const rarely = (value: fc.Arbitrary<unknown>, other: fc.Arbitrary<unknown>, times = 8) =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: times, arbitrary: other });

const union = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.oneof(...Object.entries(members).map(([member, value]) => value.map((inner) => ({ [member]: inner }))));

const some = <Value>(value: fc.Arbitrary<Value>, maxLength = 3) => fc.array(value, { maxLength });

const notNull = json.filter((value) => value !== null);
const bytes = fc.oneof(
  fc.constantFrom('JVBERi0x', '//4=', '/w==', 'aGk='),
  fc.base64String({ minLength: 4, maxLength: 12 }),
);
const s3Location = fc.constant({ uri: 's3://bucket/key' });
const source = rarely(fc.record({ s3Location }), fc.record({ bytes }));
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
const signature = maybe(fc.oneof(text, envelope.map(encodeReasoningEnvelope)));
const toolChange = fc.record({ tool: fc.record({ name: maybe(toolName), serverName: maybe(text) }) });

const toolResult = fc.record({
  toolUseId: toolId,
  status: maybe(fc.constantFrom('success', 'error')),
  content: some(union({ json: notNull, text, image, document, video, searchResult })),
});
const toolUse = fc.record({
  toolUseId: toolId,
  name: toolName,
  input: notNull,
  type: maybe(fc.constant('server_tool_use')),
});
const reasoningContent = union({ reasoningText: fc.record({ text, signature }), redactedContent: bytes });
const citationsContent = fc.record({ content: maybe(texts), citations: maybe(fc.constant([{}])) });

const userBlock = union({ text, image, document, guardContent, cachePoint, citationsContent, searchResult });
const assistantBlock = union({ text, cachePoint, citationsContent, reasoningContent, searchResult });
const systemBlock = union({ text, cachePoint });
const anyBlock = union({
  text,
  image,
  document,
  video,
  audio,
  toolUse,
  toolResult,
  guardContent,
  cachePoint,
  reasoningContent,
  citationsContent,
  searchResult,
  toolAddition: toolChange,
  toolRemoval: toolChange,
});

const turn = (role: string, block: fc.Arbitrary<object>) => {
  const content = fc.array(rarely(anyBlock, block, 20), { minLength: 1, maxLength: 3 });
  return content.map((blocks) => [{ role, content: blocks }]);
};

/** Calls and their results. Without them few requests would pass the check that calls and results match. */
const exchange = fc
  .tuple(fc.uniqueArray(toolId, { minLength: 1, maxLength: 3 }), notNull, toolResult, some(assistantBlock, 1))
  .map(([ids, input, result, before]) => [
    {
      role: 'assistant',
      content: [...before, ...ids.map((toolUseId) => ({ toolUse: { toolUseId, name: 'a', input } }))],
    },
    { role: 'user', content: ids.map((toolUseId) => ({ toolResult: { ...result, toolUseId } })) },
  ]);
const conversation = some(
  fc.oneof(turn('user', userBlock), turn('assistant', assistantBlock), turn('system', systemBlock), exchange),
).map((turns) => [{ role: 'user', content: [{ text: 'a' }] }, turns].flat(2));
const messages = rarely(some(conversation.map(([first]) => ({ ...first, content: [] }))), conversation, 20);

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

const requestMembers = {
  messages,
  system: some(union({ text, guardContent, cachePoint })),
  inferenceConfig: fc.record({
    maxTokens: maybe(fc.nat(4_096)),
    temperature: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    stopSequences: maybe(some(text, 6)),
  }),
  toolConfig: fc.record({
    tools: fc.array(
      rarely(fc.record({ systemTool: fc.record({ name: toolName }) }), union({ toolSpec, cachePoint })),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    toolChoice: maybe(union({ auto: nothing, any: nothing, tool: fc.record({ name: toolName }) })),
  }),
  additionalModelRequestFields: object,
  additionalModelResponseFieldPaths: some(rarely(text, fc.constant('/a')), 2),
  guardrailConfig: fc.constant({ trace: 'enabled' }),
  serviceTier: fc.record({ type: fc.constantFrom('default', 'flex', 'reserved') }),
  outputConfig: fc.record({
    effort: maybe(text),
    textFormat: maybe(fc.record({ type: fc.constant('json_schema'), structure: fc.record({ jsonSchema }) })),
  }),
};

/**
 * A request that passes validation. It has at most three optional members, so that some requests are not
 * refused.
 */
export const converseRequest = fc
  .subarray(Object.entries(requestMembers), { maxLength: 3 })
  .chain((members) => fc.record(Object.fromEntries(members)))
  .map((request) => request as ConverseRequest); // the values above follow the model of the API
