import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ToolChoiceDto, ToolDto, ToolSpecificationDto } from '../../bedrock/converse/tool-config.dto.js';
import { DIALECT_NAMES, type DialectName } from '../../config/dialect-names.js';
import { DIALECTS } from '../../openai/dialects.js';
import { HELLO, mapRequest, refusalOf } from '../../../test/support/map-request.js';

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const spec = (name: string, fields: Partial<ToolSpecificationDto> = {}): ToolDto => ({
  toolSpec: { name, inputSchema: { json: SCHEMA }, ...fields },
});
const tool = (name: string, fields: object = {}) => ({
  type: 'function',
  function: { name, parameters: SCHEMA, ...fields },
});
const [A, B, C] = ['a', 'b', 'c'].map((name) => spec(name)) as [ToolDto, ToolDto, ToolDto];

/** The tools that are sent, and the ignored members. */
function send(tools: ToolDto[], dialect: DialectName = 'generic', toolChoice?: ToolChoiceDto): object {
  const { params, ignored } = mapRequest({ toolConfig: { tools, toolChoice } }, dialect);
  const { model: _model, messages: _messages, ...rest } = params;
  return ignored.length === 0 ? rest : { ...rest, ignored };
}

describe('tools', () => {
  it.each<[string, ToolDto[], object]>([
    ['a tool', [A], { tools: [tool('a')] }],
    [
      'with a description',
      [spec('a', { description: 'An A' })],
      { tools: [tool('a', { description: 'An A' })] },
    ],
    ['strict', [spec('a', { strict: true })], { tools: [tool('a', { strict: true })] }],
    ['not strict', [spec('a', { strict: false })], { tools: [tool('a')] }],
    ['in order', [B, A], { tools: [tool('b'), tool('a')] }],
    [
      'a cache point alone',
      [{ cachePoint: { type: 'default' } }],
      { ignored: ['toolConfig.tools.0.cachePoint'] },
    ],
    [
      'an empty schema',
      [spec('a', { inputSchema: { json: {} } })],
      { tools: [tool('a', { parameters: { type: 'object', properties: {} } })] },
    ],
    [
      'a schema without a type',
      [spec('a', { inputSchema: { json: { properties: {}, title: 't' } } })],
      { tools: [tool('a', { parameters: { type: 'object', properties: {}, title: 't' } })] },
    ],
    [
      'a schema with $defs and anyOf as it is',
      [spec('a', { inputSchema: { json: { ...SCHEMA, $defs: {}, anyOf: [] } } })],
      { tools: [tool('a', { parameters: { ...SCHEMA, $defs: {}, anyOf: [] } })] },
    ],
  ])('%s', (_, tools, expected) => {
    expect(send(tools)).toStrictEqual(expected);
  });

  it.each(DIALECT_NAMES)('strict is sent if the dialect supports it: %s', (dialect) => {
    const expected = DIALECTS[dialect].strictTools
      ? { tools: [tool('a', { strict: true })] }
      : { tools: [tool('a')], ignored: ['toolConfig.tools.0.toolSpec.strict'] };
    expect(send([spec('a', { strict: true })], dialect)).toEqual(expected);
  });

  it('a cache point marks the tool before it if the dialect supports markers', () => {
    expect(send([A, { cachePoint: { type: 'default' } }, B], 'openrouter')).toEqual({
      tools: [{ ...tool('a'), cache_control: { type: 'ephemeral' } }, tool('b')],
    });
  });

  it('are not needed for calls in the history', () => {
    const messages = [
      HELLO,
      { role: 'assistant' as const, content: [{ toolUse: { toolUseId: 't1', name: 'a', input: {} } }] },
      { role: 'user' as const, content: [{ toolResult: { toolUseId: 't1', content: [] } }] },
    ];
    expect(mapRequest({ messages }).params).not.toHaveProperty('tools');
  });

  it.each<[string, ToolDto[], string]>([
    [
      'the same name twice',
      [A, B, A],
      'toolConfig.tools.2.toolSpec.name is invalid: another tool has this name.',
    ],
    [
      'a system tool',
      [{ systemTool: { name: 'nova_grounding' } }],
      'toolConfig.tools.0.systemTool is not supported: tools that a model provider runs itself cannot be used here.',
    ],
    [
      'a schema that is a list',
      [spec('a', { inputSchema: { json: [] } })],
      'toolConfig.tools.0.toolSpec.inputSchema.json is invalid: provide a JSON schema as an object.',
    ],
    [
      'a schema that is text',
      [spec('a', { inputSchema: { json: '{}' } })],
      'toolConfig.tools.0.toolSpec.inputSchema.json is invalid: provide a JSON schema as an object.',
    ],
    [
      'a schema of a list',
      [spec('a', { inputSchema: { json: { type: 'array' } } })],
      'toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.',
    ],
  ])('refused: %s', (_, tools, words) => {
    expect(refusalOf(() => send(tools))).toBe(`ValidationException: The value at ${words}`);
  });
});

describe('toolChoice', () => {
  const tools = [tool('a'), tool('b')];
  const named = { type: 'function', function: { name: 'b' } };

  it.each<[DialectName, ToolChoiceDto, object]>([
    ['generic', { auto: {} }, { tools, tool_choice: 'auto' }],
    ['generic', { any: {} }, { tools, tool_choice: 'required' }],
    ['generic', { tool: { name: 'b' } }, { tools, tool_choice: named }],
    ['lmstudio', { auto: {} }, { tools, tool_choice: 'auto' }],
    ['lmstudio', { any: {} }, { tools, tool_choice: 'required' }],
    ['lmstudio', { tool: { name: 'b' } }, { tools: [tool('b')], tool_choice: 'required' }],
    ['llamacpp', { auto: {} }, { tools, tool_choice: 'auto' }],
    ['llamacpp', { any: {} }, { tools, tool_choice: 'required' }],
    ['llamacpp', { tool: { name: 'b' } }, { tools: [tool('b')], tool_choice: 'required' }],
    ['ollama', { auto: {} }, { tools }],
    ['ollama', { any: {} }, { tools, ignored: ['toolConfig.toolChoice.any'] }],
    ['ollama', { tool: { name: 'b' } }, { tools: [tool('b')], ignored: ['toolConfig.toolChoice.tool.name'] }],
  ])('%s: %j', (dialect, toolChoice, expected) => {
    expect(send([A, B], dialect, toolChoice)).toStrictEqual(expected);
  });

  it('is omitted without tools', () => {
    const cachePoint: ToolDto = { cachePoint: { type: 'default' } };
    expect(send([cachePoint], 'generic', { any: {} })).toEqual({
      ignored: ['toolConfig.tools.0.cachePoint', 'toolConfig.toolChoice'],
    });
  });

  it.each(['generic', 'lmstudio', 'ollama'] as const)('of an unknown tool is refused: %s', (dialect) => {
    expect(refusalOf(() => send([A], dialect, { tool: { name: 'z' } }))).toBe(
      'ValidationException: The value at toolConfig.toolChoice.tool.name is invalid: no tool of this name is among the tools.',
    );
  });
});

describe('tool changes in the conversation', () => {
  const add = (name?: string, serverName?: string): ContentBlockDto => ({
    toolAddition: { tool: { name, serverName } },
  });
  const remove = (name?: string): ContentBlockDto => ({ toolRemoval: { tool: { name } } });

  function namesAfter(changes: ContentBlockDto[][], toolChoice?: ToolChoiceDto): unknown {
    const messages = [HELLO, ...changes.map((content) => ({ role: 'system' as const, content })), HELLO];
    const { params } = mapRequest({ messages, toolConfig: { tools: [A, B, C], toolChoice } });
    expect(params.messages).toHaveLength(2);
    return (params.tools as { function: { name: string } }[] | undefined)?.map((each) => each.function.name);
  }

  it.each<[string, ContentBlockDto[][], string[] | undefined]>([
    ['a removal', [[remove('b')]], ['a', 'c']],
    ['a removal that is taken back', [[remove('b')], [add('b')]], ['a', 'b', 'c']],
    ['an addition that is taken back', [[add('b'), remove('b')]], ['a', 'c']],
    ['an addition', [[add('b')]], ['a', 'b', 'c']],
    ['the removal of all', [[remove('a'), remove('b'), remove('c')]], undefined],
  ])('%s', (_, changes, expected) => {
    expect(namesAfter(changes)).toEqual(expected);
  });

  it.each<[string, ContentBlockDto, string]>([
    [
      'an unknown tool added',
      add('z'),
      'toolAddition.tool.name is invalid: no tool of this name is declared in toolConfig.tools.',
    ],
    [
      'an unknown tool removed',
      remove('z'),
      'toolRemoval.tool.name is invalid: no tool of this name is declared in toolConfig.tools.',
    ],
    [
      'no name',
      remove(),
      'toolRemoval.tool.name is invalid: no tool of this name is declared in toolConfig.tools.',
    ],
    [
      'a tool of an MCP server',
      add('a', 's'),
      'toolAddition.tool.serverName is not supported: tools of MCP servers cannot be used here.',
    ],
  ])('refused: %s', (_, change, words) => {
    expect(refusalOf(() => namesAfter([[change]]))).toBe(
      `ValidationException: The value at messages.1.content.0.${words}`,
    );
  });

  it('a choice of a removed tool is refused', () => {
    expect(refusalOf(() => namesAfter([[remove('b')]], { tool: { name: 'b' } }))).toMatch(
      /toolConfig\.toolChoice\.tool\.name/,
    );
  });
});
