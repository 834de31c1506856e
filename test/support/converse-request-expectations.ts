import {
  blob,
  both,
  flag,
  fraction,
  freeForm,
  integer,
  listOf,
  matching,
  type MemberExpectation,
  NOT_LONGER,
  NOT_SHORTER,
  oneOf,
  optional,
  required,
  structure,
  structures,
  text,
  textOf,
  union,
} from './member-expectations.js';

const user = 'messages.0.content';
const assistant = 'messages.1.content';
const toolResult = 'messages.2.content.0.toolResult';
const citations = `${assistant}.3.citationsContent.citations`;
const toolSpec = 'toolConfig.tools.0.toolSpec';
const jsonSchema = 'outputConfig.textFormat.structure.jsonSchema';

const toolName = both(
  textOf({ min: 1, max: 64 }),
  matching('[a-zA-Z0-9_-]+', ['a', 'A_9-', 'a'.repeat(64)], ['a b', 'a.b', 'é', 'a\n']),
);
const toolUseId = both(
  textOf({ min: 1, max: 64 }),
  matching('[a-zA-Z0-9_.:-]+', ['functions.f:0', 'a'.repeat(64)], ['a b', 'a/b', 'a\n']),
);
const metadataPattern = '[a-zA-Z0-9\\s:_@$#=/+,-.]';
const s3Pattern = 's3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?';
const guardrailPattern =
  '(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))';
const contentBlocks =
  'text image document video audio toolUse toolResult guardContent cachePoint reasoningContent citationsContent searchResult toolAddition toolRemoval';
const audioFormats = [
  'mp3',
  'opus',
  'wav',
  'aac',
  'flac',
  'mp4',
  'ogg',
  'mkv',
  'mka',
  'x-aac',
  'm4a',
  'mpeg',
  'mpga',
];
const videoFormats = ['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'];
const documentFormats = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'];

/** Expectations by the path to a member of COMPLETE_REQUEST. */
export const EXPECTATIONS: Readonly<Record<string, MemberExpectation>> = {
  messages: optional(structures),
  'messages.0.role': required(oneOf('user', 'assistant', 'system')),
  [user]: required(structures),
  [`${user}.0`]: union(...contentBlocks.split(' ')),
  [`${user}.0.text`]: text,
  [`${user}.1.image`]: structure,
  [`${user}.1.image.format`]: required(oneOf('png', 'jpeg', 'gif', 'webp')),
  [`${user}.1.image.source`]: required(union('bytes', 's3Location')),
  [`${user}.1.image.source.bytes`]: blob({ min: 1 }),
  [`${user}.1.image.error`]: optional(structure),
  [`${user}.1.image.error.message`]: optional(text),
  [`${user}.2.image.source.s3Location`]: structure,
  [`${user}.2.image.source.s3Location.uri`]: required(
    both(
      textOf({ min: 1, max: 1024 }),
      matching(s3Pattern, ['s3://abc', 's3://a.b-c/d e'], ['s3://ab', 'http://abc']),
    ),
  ),
  [`${user}.2.image.source.s3Location.bucketOwner`]: optional(
    matching('[0-9]{12}', ['123456789012'], ['', '12345678901', '1234567890123', '12345678901a']),
  ),
  [`${user}.3.document`]: structure,
  [`${user}.3.document.format`]: optional(oneOf(...documentFormats)),
  [`${user}.3.document.name`]: required(textOf({ min: 1, max: 200 })),
  [`${user}.3.document.source`]: required(union('bytes', 's3Location', 'text', 'content')),
  [`${user}.3.document.source.bytes`]: blob({ min: 1 }),
  [`${user}.3.document.context`]: optional(text),
  [`${user}.3.document.citations`]: optional(structure),
  [`${user}.3.document.citations.enabled`]: required(flag),
  [`${user}.4.document.source.s3Location`]: structure,
  [`${user}.5.document.source.text`]: text,
  [`${user}.6.document.source.content`]: structures,
  [`${user}.6.document.source.content.0`]: union('text'),
  [`${user}.6.document.source.content.0.text`]: text,
  [`${user}.7.video`]: structure,
  [`${user}.7.video.format`]: required(oneOf(...videoFormats)),
  [`${user}.7.video.source`]: required(union('bytes', 's3Location')),
  [`${user}.7.video.source.bytes`]: blob({ min: 1 }),
  [`${user}.8.video.source.s3Location`]: structure,
  [`${user}.9.audio`]: structure,
  [`${user}.9.audio.format`]: required(oneOf(...audioFormats, 'pcm', 'webm')),
  [`${user}.9.audio.source`]: required(union('bytes', 's3Location')),
  [`${user}.9.audio.source.bytes`]: blob({ min: 1 }),
  [`${user}.9.audio.error`]: optional(structure),
  [`${user}.10.audio.source.s3Location`]: structure,
  [`${user}.11.guardContent`]: union('text', 'image'),
  [`${user}.11.guardContent.text`]: structure,
  [`${user}.11.guardContent.text.text`]: required(text),
  [`${user}.11.guardContent.text.qualifiers`]: optional(
    listOf(oneOf('grounding_source', 'query', 'guard_content')),
  ),
  [`${user}.12.guardContent.image`]: structure,
  [`${user}.12.guardContent.image.format`]: required(oneOf('png', 'jpeg')),
  [`${user}.12.guardContent.image.source`]: required(union('bytes')),
  [`${user}.12.guardContent.image.source.bytes`]: blob({ min: 1 }),
  [`${user}.13.cachePoint`]: structure,
  [`${user}.13.cachePoint.type`]: required(oneOf('default')),
  [`${user}.13.cachePoint.ttl`]: optional(oneOf('5m', '1h')),
  [`${user}.14.searchResult`]: structure,
  [`${user}.14.searchResult.source`]: required(text),
  [`${user}.14.searchResult.title`]: required(text),
  [`${user}.14.searchResult.content`]: required(structures),
  [`${user}.14.searchResult.content.0.text`]: required(text),
  [`${user}.14.searchResult.citations`]: optional(structure),
  [`${assistant}.0.reasoningContent`]: union('reasoningText', 'redactedContent'),
  [`${assistant}.0.reasoningContent.reasoningText`]: structure,
  [`${assistant}.0.reasoningContent.reasoningText.text`]: required(text),
  [`${assistant}.0.reasoningContent.reasoningText.signature`]: optional(text),
  [`${assistant}.1.reasoningContent.redactedContent`]: blob({ min: 0 }),
  [`${assistant}.2.toolUse`]: structure,
  [`${assistant}.2.toolUse.toolUseId`]: required(toolUseId),
  [`${assistant}.2.toolUse.name`]: required(toolName),
  [`${assistant}.2.toolUse.input`]: required(freeForm),
  [`${assistant}.2.toolUse.type`]: optional(oneOf('server_tool_use')),
  [`${assistant}.3.citationsContent`]: structure,
  [`${assistant}.3.citationsContent.content`]: optional(structures),
  [`${assistant}.3.citationsContent.content.0`]: union('text'),
  [`${assistant}.3.citationsContent.content.0.text`]: text,
  [citations]: optional(structures),
  [`${citations}.0.title`]: optional(text),
  [`${citations}.0.source`]: optional(text),
  [`${citations}.0.sourceContent`]: optional(structures),
  [`${citations}.0.sourceContent.0`]: union('text'),
  [`${citations}.0.sourceContent.0.text`]: text,
  [`${citations}.0.location`]: optional(
    union('web', 'documentChar', 'documentPage', 'documentChunk', 'searchResultLocation'),
  ),
  [`${citations}.0.location.web`]: structure,
  [`${citations}.0.location.web.url`]: optional(text),
  [`${citations}.0.location.web.domain`]: optional(text),
  ...citationLocation(`${citations}.1.location.documentChar`, 'documentIndex'),
  ...citationLocation(`${citations}.2.location.documentPage`, 'documentIndex'),
  ...citationLocation(`${citations}.3.location.documentChunk`, 'documentIndex'),
  ...citationLocation(`${citations}.4.location.searchResultLocation`, 'searchResultIndex'),
  [toolResult]: structure,
  [`${toolResult}.toolUseId`]: required(toolUseId),
  [`${toolResult}.content`]: required(structures),
  [`${toolResult}.content.0`]: union('json', 'text', 'image', 'document', 'video', 'searchResult'),
  [`${toolResult}.content.0.json`]: freeForm,
  [`${toolResult}.content.1.text`]: text,
  [`${toolResult}.content.2.image`]: structure,
  [`${toolResult}.content.3.document`]: structure,
  [`${toolResult}.content.4.video`]: structure,
  [`${toolResult}.content.5.searchResult`]: structure,
  [`${toolResult}.status`]: optional(oneOf('success', 'error')),
  [`${toolResult}.type`]: optional(text),
  ...toolChange('messages.3.content.0.toolAddition'),
  ...toolChange('messages.3.content.1.toolRemoval'),
  system: optional(structures),
  'system.0': union('text', 'guardContent', 'cachePoint'),
  'system.0.text': textOf({ min: 1 }),
  'system.1.guardContent': union('text', 'image'),
  'system.2.cachePoint': structure,
  inferenceConfig: optional(both(structure, { accepts: [{}], refuses: [] })),
  'inferenceConfig.maxTokens': optional(integer({ min: 1 })),
  'inferenceConfig.temperature': optional(fraction),
  'inferenceConfig.topP': optional(fraction),
  'inferenceConfig.stopSequences': optional(listOf(textOf({ min: 1 }), { max: 2500 })),
  toolConfig: optional(structure),
  'toolConfig.tools': required(both(structures, { accepts: [], refuses: [[[], NOT_SHORTER(1)]] })),
  'toolConfig.tools.0': union('toolSpec', 'systemTool', 'cachePoint'),
  [toolSpec]: structure,
  [`${toolSpec}.name`]: required(toolName),
  [`${toolSpec}.description`]: optional(textOf({ min: 1 })),
  [`${toolSpec}.inputSchema`]: required(union('json')),
  [`${toolSpec}.inputSchema.json`]: freeForm,
  [`${toolSpec}.strict`]: optional(flag),
  'toolConfig.tools.1.systemTool': structure,
  'toolConfig.tools.1.systemTool.name': required(toolName),
  'toolConfig.tools.2.cachePoint': structure,
  'toolConfig.toolChoice': optional({
    ...union('auto', 'any', 'tool'),
    accepts: [{ auto: {} }, { any: {} }],
  }),
  'toolConfig.toolChoice.auto': { accepts: [undefined, null], refuses: structure.refuses },
  'toolConfig.toolChoice.any': { accepts: [undefined, null], refuses: structure.refuses },
  'toolConfig.toolChoice.tool': structure,
  'toolConfig.toolChoice.tool.name': required(toolName),
  guardrailConfig: optional(both(structure, { accepts: [{}], refuses: [] })),
  'guardrailConfig.guardrailIdentifier': optional(
    both(
      textOf({ max: 2048 }),
      matching(guardrailPattern, ['', 'abc1'], ['A', 'a b', 'arn:aws:bedrock:x:1:guardrail/a']),
    ),
  ),
  'guardrailConfig.guardrailVersion': optional(
    matching('(|([1-9][0-9]{0,7})|(DRAFT))', ['', '1', '12345678', 'DRAFT'], ['0', '123456789', 'draft']),
  ),
  'guardrailConfig.trace': optional(oneOf('enabled', 'disabled', 'enabled_full')),
  'guardrailConfig.streamProcessingMode': optional(oneOf('sync', 'async')),
  additionalModelRequestFields: optional(freeForm),
  promptVariables: optional({
    accepts: [{}, { a: { text: '' } }],
    refuses: [
      ...structure.refuses,
      [{ a: 'text' }, 'Map value must satisfy constraint: [Member must be an object]'],
      [{ a: { text: '' }, b: null }, 'Map value must satisfy constraint: [Member must not be null]'],
      [{ a: { text: 5 } }, 'Map value must satisfy constraint: [Member must be a string]'],
      [{ a: {} }, 'Map value must satisfy constraint: [Member must have exactly one of: [text]]'],
    ],
  }),
  'promptVariables.city.text': { accepts: ['', 'Lyon'], refuses: [] },
  additionalModelResponseFieldPaths: optional(listOf(textOf({ min: 1, max: 256 }), { max: 10 })),
  requestMetadata: optional({
    accepts: [{ a: '' }, { ['k'.repeat(256)]: 'v'.repeat(256) }, { 'a b:_@$#=/+,-.': '\t1' }],
    refuses: [
      ...structure.refuses,
      [{}, NOT_SHORTER(1)],
      [Object.fromEntries(Array.from({ length: 17 }, (_, key) => [key, 'v'])), NOT_LONGER(16)],
      [{ '': 'v' }, `Map keys must satisfy constraint: [${NOT_SHORTER(1)}]`],
      [{ ['k'.repeat(257)]: 'v' }, `Map keys must satisfy constraint: [${NOT_LONGER(256)}]`],
      [{ 'k!': 'v' }, mapPattern('keys', `${metadataPattern}{1,256}`)],
      [{ k: 5 }, 'Map value must satisfy constraint: [Member must be a string]'],
      [{ k: 'v'.repeat(257) }, `Map value must satisfy constraint: [${NOT_LONGER(256)}]`],
      [{ k: 'v!' }, mapPattern('value', `${metadataPattern}{0,256}`)],
    ],
  }),
  performanceConfig: optional(both(structure, { accepts: [{}], refuses: [] })),
  'performanceConfig.latency': optional(oneOf('standard', 'optimized')),
  serviceTier: optional(structure),
  'serviceTier.type': required(oneOf('priority', 'default', 'flex', 'reserved')),
  outputConfig: optional(both(structure, { accepts: [{}], refuses: [] })),
  'outputConfig.textFormat': optional(structure),
  'outputConfig.textFormat.type': required(oneOf('json_schema')),
  'outputConfig.textFormat.structure': required(union('jsonSchema')),
  [jsonSchema]: structure,
  [`${jsonSchema}.schema`]: required(text),
  [`${jsonSchema}.name`]: optional(text),
  [`${jsonSchema}.description`]: optional(text),
  'outputConfig.effort': optional(textOf({ max: 16 })),
};

function citationLocation(path: string, index: string): Record<string, MemberExpectation> {
  return {
    [path]: structure,
    [`${path}.${index}`]: optional(integer({ min: 0 })),
    [`${path}.start`]: optional(integer({ min: 0 })),
    [`${path}.end`]: optional(integer({ min: 0 })),
  };
}

function toolChange(path: string): Record<string, MemberExpectation> {
  return {
    [path]: structure,
    [`${path}.tool`]: required(structure),
    [`${path}.tool.type`]: optional(textOf({ min: 1, max: 64 })),
    [`${path}.tool.name`]: optional(textOf({ min: 1, max: 128 })),
    [`${path}.tool.serverName`]: optional(textOf({ min: 1, max: 128 })),
  };
}

function mapPattern(what: 'keys' | 'value', pattern: string): string {
  return `Map ${what} must satisfy constraint: [Member must satisfy regular expression pattern: ${pattern}]`;
}
