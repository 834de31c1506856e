import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from '../../../test/support/upstream-defaults.js';
import { EnvironmentVariables } from '../environment-variables.js';
import { ConfigFileError } from './config-file.error.js';
import { loadConfigFile } from './load-config-file.js';
import { ReadFiles } from './read-files.js';

const TEXT = {
  name: 'v',
  templateType: 'TEXT',
  templateConfiguration: { text: { text: 'Hi {{who}}' } },
  modelId: 'm',
};
const LEAST = { id: 'PROMPT1234', name: 'p', variants: [TEXT] };
const MESSAGES = [{ role: 'user', content: [{ text: 'Hi' }] }];

const variant = (changes: object): object => ({ ...LEAST, variants: [{ ...TEXT, ...changes }] });
const chat = (changes: object): object =>
  variant({ templateType: 'CHAT', templateConfiguration: { chat: { messages: MESSAGES, ...changes } } });
const AT = 'prompts.0.variants.0';
const CHAT_AT = `${AT}.templateConfiguration.chat`;

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = new TemporaryDirectory();
});
afterEach(() => directory[Symbol.dispose]());

async function load(members: object, models: object[] = [], files = new ReadFiles()) {
  const file = {
    upstreams: { a: { baseUrl: 'http://a' } },
    models: [...models, { match: '*', route: [{ upstream: 'a' }] }],
    ...members,
  };
  const path = directory.write('config.yaml', JSON.stringify(file));
  const sources = { path, defaults: UPSTREAM_DEFAULTS, variables: new EnvironmentVariables({}) };
  return (await loadConfigFile(sources, files)).prompts;
}

async function problemsIn(members: object, models: object[] = []): Promise<readonly string[]> {
  const error: unknown = await load(members, models).catch((reason: unknown) => reason);
  return error instanceof ConfigFileError ? error.problems : [];
}

describe('A prompt', () => {
  it('is read with its defaults', async () => {
    expect(await load({ prompts: [LEAST] })).toEqual([
      {
        id: 'PROMPT1234',
        version: 'DRAFT',
        name: 'p',
        variant: {
          ...TEXT,
          templateConfiguration: { text: { text: 'Hi {{who}}', inputVariables: [{ name: 'who' }] } },
        },
        template: {
          system: [],
          messages: [{ role: 'user', content: [{ text: ['Hi ', { variable: 'who' }] }] }],
          variables: ['who'],
          inputVariables: ['who'],
        },
      },
    ]);
  });

  it('has no member that is null, except where its form is free', async () => {
    const fields = { top_k: null, deep: { x: null } };
    const nothing = { description: null, arn: null, version: null, defaultVariant: null };
    const [prompt] =
      (await load({
        prompts: [{ ...variant({ additionalModelRequestFields: fields, metadata: null }), ...nothing }],
      })) ?? [];
    expect(prompt).toMatchObject({ version: 'DRAFT', variant: { additionalModelRequestFields: fields } });
    expect(prompt?.variant).not.toHaveProperty('metadata');
  });

  it.each<[name: string, members: object, problems: string[]]>([
    ['no list', { prompts: [] }, ['prompts: should not be empty']],
    [
      'an id of nine',
      { prompts: [{ ...LEAST, id: 'PROMPT123' }] },
      ['prompts.0.id: must be ten letters and digits'],
    ],
    ['no name', { prompts: [{ ...LEAST, name: undefined }] }, ['prompts.0.name: is missing']],
    [
      'a number as its version',
      { prompts: [{ ...LEAST, version: 1 }] },
      ['prompts.0.version: must be DRAFT, or a number from "1" to "99999" in quotes'],
    ],
    [
      'a version twice',
      { prompts: [LEAST, { ...LEAST, version: '1' }, { ...LEAST, version: 'DRAFT' }] },
      ['prompts.2: has the id and the version of prompts.0 too'],
    ],
    [
      'no variant',
      { prompts: [{ ...LEAST, variants: [] }] },
      ['prompts.0.variants: must contain at least 1 elements'],
    ],
    [
      'two variants',
      { prompts: [{ ...LEAST, variants: [TEXT, TEXT] }] },
      ['prompts.0.variants: must contain no more than 1 elements'],
    ],
    [
      'another default variant',
      { prompts: [{ ...LEAST, defaultVariant: 'w' }] },
      ['prompts.0.defaultVariant: there is no variant "w"'],
    ],
    [
      'the ARN of another prompt',
      { prompts: [{ ...LEAST, arn: 'arn:aws:bedrock:us-east-1:1:prompt/PROMPT1235' }] },
      ['prompts.0.arn: is not that of the prompt'],
    ],
    ['no model', { prompts: [variant({ modelId: undefined })] }, [`${AT}.modelId: is missing`]],
    [
      'a prompt as its model',
      { prompts: [variant({ modelId: 'arn:aws:bedrock:us-east-1:1:prompt/PROMPT1234' })] },
      [`${AT}.modelId: must not be a prompt`],
    ],
    [
      'an id of a prompt as its model',
      { prompts: [variant({ modelId: 'PROMPT1234:1' })] },
      [`${AT}.modelId: must not be a prompt`],
    ],
    [
      'no template',
      { prompts: [variant({ templateConfiguration: undefined })] },
      [`${AT}.templateConfiguration: is missing`],
    ],
    [
      'a template that is a text',
      { prompts: [variant({ templateConfiguration: 'Hello' })] },
      [`${AT}.templateConfiguration: must be an object`],
    ],
    [
      'inference parameters of nothing',
      { prompts: [variant({ inferenceConfiguration: {} })] },
      [`${AT}.inferenceConfiguration.text: is missing`],
    ],
    [
      'an agent',
      { prompts: [variant({ genAiResource: { agent: {} } })] },
      [`${AT}.genAiResource: is not a key that is known here`],
    ],
    [
      'a template of another type',
      { prompts: [variant({ templateType: 'CHAT' })] },
      [`${AT}.templateConfiguration: CHAT needs "chat" and nothing else`],
    ],
    [
      'both templates',
      {
        prompts: [variant({ templateConfiguration: { text: { text: 'x' }, chat: { messages: MESSAGES } } })],
      },
      [`${AT}.templateConfiguration: TEXT needs "text" and nothing else`],
    ],
    [
      'a variable that the list lacks',
      {
        prompts: [
          variant({
            templateConfiguration: { text: { text: '{{a}} {{b}}', inputVariables: [{ name: 'a' }] } },
          }),
        ],
      },
      [`${AT}.templateConfiguration.text.inputVariables: lacks "b", which stands in the template`],
    ],
    [
      'a variable of the system prompt that the list lacks',
      { prompts: [chat({ system: [{ text: '{{a}}' }], inputVariables: [] })] },
      [`${CHAT_AT}.inputVariables: lacks "a", which stands in the template`],
    ],
    [
      'an empty block',
      { prompts: [chat({ messages: [{ role: 'user', content: [{}] }] })] },
      [`${CHAT_AT}.messages.0.content.0: needs either "text" or "cachePoint"`],
    ],
    [
      'a block with both members',
      { prompts: [chat({ system: [{ text: 'x', cachePoint: { type: 'default' } }] })] },
      [`${CHAT_AT}.system.0: needs either "text" or "cachePoint"`],
    ],
    [
      'a message of the system',
      { prompts: [chat({ messages: [{ role: 'system', content: [{ text: 'x' }] }] })] },
      [`${CHAT_AT}.messages.0.role: must be one of the following values: user, assistant`],
    ],
    [
      'an image',
      { prompts: [chat({ messages: [{ role: 'user', content: [{ image: {} }] }] })] },
      [`${CHAT_AT}.messages.0.content.0.image: is not a key that is known here`],
    ],
    [
      'a tool without a schema',
      { prompts: [chat({ toolConfiguration: { tools: [{ toolSpec: { name: 'f' } }] } })] },
      [`${CHAT_AT}.toolConfiguration.tools.0.toolSpec.inputSchema: is missing`],
    ],
    [
      'the choice of an unknown tool',
      {
        prompts: [
          chat({
            toolConfiguration: {
              tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }],
              toolChoice: { tool: { name: 'g' } },
            },
          }),
        ],
      },
      [`${CHAT_AT}.toolConfiguration.toolChoice.tool.name: there is no tool "g"`],
    ],
    [
      'a temperature of 2',
      { prompts: [variant({ inferenceConfiguration: { text: { temperature: 2 } } })] },
      [`${AT}.inferenceConfiguration.text.temperature: must not be greater than 1`],
    ],
    [
      'a pattern of ARNs as a permission',
      {
        prompts: [LEAST],
        clients: [{ name: 'c', bearerSha256: 'ab'.repeat(32), prompts: ['arn:aws:bedrock:*:prompt/*'] }],
      },
      ['clients.0.prompts: each value must be the pattern of an id, or of an id and a version'],
    ],
  ])('is refused with %s', async (_, members, problems) => {
    expect(await problemsIn(members)).toEqual(problems);
  });

  it.each(['PROMPT1234', 'PROMPT1234:1', 'PROMPT1234:*'])('is refused beside the rule %s', async (match) => {
    expect(await problemsIn({ prompts: [LEAST] }, [{ match, route: [{ upstream: 'a' }] }])).toEqual([
      'prompts.0.id: models.0 has the same name, and one id means one thing',
    ]);
  });
});

describe('A folder of prompts', () => {
  const write = (name: string, value: unknown): string =>
    directory.write(`prompts/${name}`, typeof value === 'string' ? value : JSON.stringify(value));

  beforeEach(() => {
    mkdirSync(join(directory.path, 'prompts'));
  });

  it('is read file by file, beside the prompts of the configuration', async () => {
    write('b.json', { ...LEAST, version: '2', createdAt: '2025-01-31T12:00:00+01:00' });
    write(
      'a.yaml',
      'id: YAMLPROMPT\nname: y\nvariants:\n  - { name: v, modelId: m, templateType: TEXT, templateConfiguration: { text: { text: Hello } } }\n',
    );
    write('.hidden.json', 'x');
    write('README.md', 'x');
    const prompts = await load({ prompts: [LEAST], promptsFolder: 'prompts' });
    expect(prompts?.map(({ id, version, createdAt }) => [id, version, createdAt])).toEqual([
      ['PROMPT1234', 'DRAFT', undefined],
      ['YAMLPROMPT', 'DRAFT', undefined],
      ['PROMPT1234', '2', '2025-01-31T11:00:00.000Z'],
    ]);
  });

  it('may be empty', async () => {
    expect(await load({ promptsFolder: 'prompts' })).toBeUndefined();
  });

  it('says which file is wrong', async () => {
    write('a.json', LEAST);
    write('b.json', LEAST);
    write('c.json', '{');
    write('d.json', { ...LEAST, id: 'x', mood: 1 });
    expect(await problemsIn({ promptsFolder: 'prompts' })).toEqual([
      expect.stringMatching(/^promptsFolder\/c\.json: line 1/),
      'promptsFolder/d.json: mood: is not a key that is known here',
      'promptsFolder/d.json: id: must be ten letters and digits',
      'promptsFolder/b.json: has the id and the version of promptsFolder/a.json too',
    ]);
  });

  it('must exist', async () => {
    rmSync(join(directory.path, 'prompts'), { recursive: true });
    expect(await problemsIn({ promptsFolder: 'prompts' })).toEqual([
      'promptsFolder: cannot be read (ENOENT)',
    ]);
  });

  it('is watched with its files', async () => {
    write('a.json', LEAST);
    const files = new ReadFiles();
    await load({ promptsFolder: 'prompts' }, [], files);
    const watched = [...files.fingerprints.keys()].map((path) => path.slice(directory.path.length));
    expect(watched).toEqual(['/config.yaml', '/prompts', '/prompts/a.json']);
  });
});
