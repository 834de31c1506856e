import { asking, badRequest, goodWith, type BadRequest } from '../support/bad-request.js';

const IMAGE = { format: 'png', source: { bytes: 'AQID' } };
const TOOL = { name: 'weather', inputSchema: { json: { type: 'object' } } };
const NAME = 'a'.repeat(65);
const AT_LEAST_ONE = 'Member must have length greater than or equal to 1';
const AT_MOST_64 = 'Member must have length less than or equal to 64';
const NOT_NULL = 'Member must not be null';
const OBJECT = 'Member must be an object';
const LIST = 'Member must be a list';
const BLOCKS =
  'text, image, document, video, audio, toolUse, toolResult, guardContent, cachePoint, reasoningContent, ' +
  'citationsContent, searchResult, toolAddition, toolRemoval';
const ONE_BLOCK = `Member must have exactly one of: [${BLOCKS}]`;

/** The invalid value, its path, and the broken rule. */
type Row = readonly [path: string, constraint: string, request: unknown];

const inferring = (inferenceConfig: unknown) => goodWith({ inferenceConfig });
const withTool = (tool: unknown, toolChoice?: unknown) =>
  goodWith({ toolConfig: { tools: [tool], toolChoice } });
const withSpec = (members: Record<string, unknown>) => withTool({ toolSpec: { ...TOOL, ...members } });
const oneOf = (...values: string[]) => `Member must satisfy enum value set: [${values.join(', ')}]`;
const exactlyOne = (...members: string[]) => `Member must have exactly one of: [${members.join(', ')}]`;

const ROWS: readonly Row[] = [
  ['messages', LIST, { messages: {} }],
  ['messages.0', OBJECT, { messages: ['Hello.'] }],
  ['messages.0', OBJECT, { messages: [['Hello.']] }],
  ['messages.1', OBJECT, { messages: [...(asking({ text: 'a' }).messages as unknown[]), 7] }],
  ['messages.0.role', NOT_NULL, { messages: [{ content: [] }] }],
  ['messages.0.role', oneOf('user', 'assistant', 'system'), { messages: [{ role: 'tool', content: [] }] }],
  ['messages.0.content', NOT_NULL, { messages: [{ role: 'user' }] }],
  ['messages.0.content', LIST, { messages: [{ role: 'user', content: 'Hello.' }] }],
  ['messages.0.content.0', OBJECT, asking('Hello.')],
  ['messages.0.content.0', ONE_BLOCK, asking({})],
  ['messages.0.content.0', ONE_BLOCK, asking({ text: null })],
  ['messages.0.content.0', ONE_BLOCK, asking({ texts: 'Hello.' })],
  ['messages.0.content.1', ONE_BLOCK, asking({ text: 'a' }, { text: 'b', image: IMAGE })],
  ['messages.0.content.0.text', 'Member must be a string', asking({ text: 7 })],
  ['messages.0.content.0.image', OBJECT, asking({ image: 'AQID' })],
  [
    'messages.0.content.0.image.format',
    oneOf('png', 'jpeg', 'gif', 'webp'),
    asking({ image: { ...IMAGE, format: 'bmp' } }),
  ],
  ['messages.0.content.0.image.source', NOT_NULL, asking({ image: { format: 'png' } })],
  [
    'messages.0.content.0.image.source',
    exactlyOne('bytes', 's3Location'),
    asking({ image: { ...IMAGE, source: { url: 'https://a.example' } } }),
  ],
  [
    'messages.0.content.0.image.source.bytes',
    AT_LEAST_ONE,
    asking({ image: { ...IMAGE, source: { bytes: '' } } }),
  ],
  [
    'messages.0.content.0.image.source.bytes',
    'Member must be valid base64',
    asking({ image: { ...IMAGE, source: { bytes: 'AQI' } } }),
  ],
  ['messages.0.content.0.document.name', NOT_NULL, asking({ document: { source: { text: 'a' } } })],
  [
    'messages.0.content.0.document.name',
    'Member must have length less than or equal to 200',
    asking({ document: { name: 'a'.repeat(201), source: { text: 'a' } } }),
  ],
  [
    'messages.0.content.0.document.source',
    exactlyOne('bytes', 's3Location', 'text', 'content'),
    asking({ document: { name: 'a', source: { text: 'a', bytes: 'AQID' } } }),
  ],
  [
    'messages.0.content.0.document.citations.enabled',
    NOT_NULL,
    asking({ document: { name: 'a', source: { text: 'a' }, citations: {} } }),
  ],
  [
    'messages.0.content.0.video.format',
    oneOf('mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'),
    asking({ video: { ...IMAGE, format: 'avi' } }),
  ],
  [
    'messages.0.content.0.video.source.s3Location.uri',
    'Member must satisfy regular expression pattern: s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?',
    asking({ video: { format: 'mp4', source: { s3Location: { uri: 'https://a' } } } }),
  ],
  ['messages.0.content.0.cachePoint.type', oneOf('default'), asking({ cachePoint: { type: 'other' } })],
  [
    'messages.0.content.0.cachePoint.ttl',
    oneOf('5m', '1h'),
    asking({ cachePoint: { type: 'default', ttl: '2h' } }),
  ],
  [
    'messages.0.content.0.guardContent',
    exactlyOne('text', 'image'),
    asking({ guardContent: { text: { text: 'a' }, image: IMAGE } }),
  ],
  [
    'messages.0.content.0.reasoningContent',
    exactlyOne('reasoningText', 'redactedContent'),
    asking({ reasoningContent: {} }),
  ],
  [
    'messages.0.content.0.toolUse.toolUseId',
    AT_MOST_64,
    asking({ toolUse: { toolUseId: NAME, name: 'f', input: {} } }),
  ],
  ['messages.0.content.0.toolUse.input', NOT_NULL, asking({ toolUse: { toolUseId: 'a', name: 'f' } })],
  [
    'messages.0.content.0.toolResult.status',
    oneOf('success', 'error'),
    asking({ toolResult: { toolUseId: 'a', content: [], status: 'ok' } }),
  ],
  [
    'messages.0.content.0.toolResult.content.0',
    exactlyOne('json', 'text', 'image', 'document', 'video', 'searchResult'),
    asking({ toolResult: { toolUseId: 'a', content: [{ json: {}, text: 'a' }] } }),
  ],
  [
    'messages.0.content.0.searchResult.content.0.text',
    NOT_NULL,
    asking({ searchResult: { source: 'a', title: 'b', content: [{}] } }),
  ],
  ['system.0.text', AT_LEAST_ONE, goodWith({ system: [{ text: '' }] })],
  ['system.0', exactlyOne('text', 'guardContent', 'cachePoint'), goodWith({ system: [{ image: IMAGE }] })],
  ['inferenceConfig', OBJECT, inferring([])],
  [
    'inferenceConfig.maxTokens',
    'Member must have value greater than or equal to 1',
    inferring({ maxTokens: 0 }),
  ],
  ['inferenceConfig.maxTokens', 'Member must be an integer', inferring({ maxTokens: 1.5 })],
  ['inferenceConfig.maxTokens', 'Member must be an integer', inferring({ maxTokens: '100' })],
  [
    'inferenceConfig.maxTokens',
    'Member must have value less than or equal to 2147483647',
    inferring({ maxTokens: 2 ** 31 }),
  ],
  [
    'inferenceConfig.temperature',
    'Member must have value less than or equal to 1',
    inferring({ temperature: 2 }),
  ],
  ['inferenceConfig.topP', 'Member must have value greater than or equal to 0', inferring({ topP: -0.1 })],
  ['inferenceConfig.stopSequences', LIST, inferring({ stopSequences: 'END' })],
  ['inferenceConfig.stopSequences.1', AT_LEAST_ONE, inferring({ stopSequences: ['END', ''] })],
  [
    'inferenceConfig.stopSequences',
    'Member must have length less than or equal to 2500',
    inferring({ stopSequences: Array.from({ length: 2_501 }, () => 'a') }),
  ],
  ['toolConfig.tools', NOT_NULL, goodWith({ toolConfig: {} })],
  ['toolConfig.tools', AT_LEAST_ONE, goodWith({ toolConfig: { tools: [] } })],
  [
    'toolConfig.tools.0',
    exactlyOne('toolSpec', 'systemTool', 'cachePoint'),
    withTool({ type: 'function', function: TOOL }),
  ],
  ['toolConfig.tools.0.toolSpec.name', AT_MOST_64, withSpec({ name: NAME })],
  [
    'toolConfig.tools.0.toolSpec.name',
    'Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+',
    withSpec({ name: 'get weather' }),
  ],
  ['toolConfig.tools.0.toolSpec.description', AT_LEAST_ONE, withSpec({ description: '' })],
  ['toolConfig.tools.0.toolSpec.inputSchema', NOT_NULL, withSpec({ inputSchema: null })],
  ['toolConfig.tools.0.toolSpec.strict', 'Member must be a boolean', withSpec({ strict: 'true' })],
  ['toolConfig.toolChoice', exactlyOne('auto', 'any', 'tool'), withTool({ toolSpec: TOOL }, { none: {} })],
  [
    'toolConfig.toolChoice',
    exactlyOne('auto', 'any', 'tool'),
    withTool({ toolSpec: TOOL }, { auto: {}, any: {} }),
  ],
  ['toolConfig.toolChoice.tool.name', NOT_NULL, withTool({ toolSpec: TOOL }, { tool: {} })],
  [
    'guardrailConfig.trace',
    oneOf('enabled', 'disabled', 'enabled_full'),
    goodWith({ guardrailConfig: { trace: 'ENABLED' } }),
  ],
  [
    'performanceConfig.latency',
    oneOf('standard', 'optimized'),
    goodWith({ performanceConfig: { latency: 'fast' } }),
  ],
  ['serviceTier.type', NOT_NULL, goodWith({ serviceTier: {} })],
  [
    'outputConfig.effort',
    'Member must have length less than or equal to 16',
    goodWith({ outputConfig: { effort: 'a'.repeat(17) } }),
  ],
  [
    'outputConfig.textFormat.type',
    oneOf('json_schema'),
    goodWith({ outputConfig: { textFormat: { type: 'json', structure: {} } } }),
  ],
  ['requestMetadata', AT_LEAST_ONE, goodWith({ requestMetadata: {} })],
  [
    'requestMetadata',
    'Map value must satisfy constraint: [Member must be a string]',
    goodWith({ requestMetadata: { a: 1 } }),
  ],
  [
    'promptVariables',
    'Map value must satisfy constraint: [Member must have exactly one of: [text]]',
    goodWith({ promptVariables: { a: {} } }),
  ],
  [
    'additionalModelResponseFieldPaths',
    'Member must have length less than or equal to 10',
    goodWith({ additionalModelResponseFieldPaths: Array.from({ length: 11 }, () => '/a') }),
  ],
  [
    'additionalModelResponseFieldPaths.0',
    AT_LEAST_ONE,
    goodWith({ additionalModelResponseFieldPaths: [''] }),
  ],
];

/** Members that violate the model of the API. */
export const SHAPE: readonly BadRequest[] = ROWS.map(([path, constraint, request]) =>
  badRequest(
    `${path}: ${constraint.slice(0, 60)}`,
    request,
    `1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`,
  ),
);
