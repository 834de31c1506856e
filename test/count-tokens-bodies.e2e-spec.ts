import { countTokens, HELLO_ESTIMATE } from './support/counting-upstream.js';
import { Service } from './support/service.js';

const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';
const TOOL = { name: 'weather', description: 'The weather', input_schema: { type: 'object' } };
const MESSAGES = [{ role: 'user', content: 'Hello...' }];
/** As Claude Code sends it for a tool of its context. */
const CLAUDE_CODE = {
  anthropic_version: 'bedrock-2023-05-31',
  messages: [{ role: 'user', content: 'foo' }],
  max_tokens: 1,
  anthropic_beta: ['claude-code-20250219'],
  tools: [TOOL],
};

let service: Service;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());

const encoded = (body: unknown): string => Buffer.from(JSON.stringify(body)).toString('base64');
const countBody = (body: unknown) =>
  countTokens(service.url, MODEL, { invokeModel: { body: encoded(body) } });

describe('CountTokens of a body of InvokeModel', () => {
  it.each([
    ['of Claude Code', CLAUDE_CODE],
    ['without a limit', { ...CLAUDE_CODE, max_tokens: undefined }],
    ['with members of Bedrock', { ...CLAUDE_CODE, 'amazon-bedrock-guardrailConfig': { tagSuffix: 'x' } }],
  ])('counts an Anthropic body %s as Converse would', async (_, body) => {
    const converse = {
      messages: [{ role: 'user', content: [{ text: 'foo' }] }],
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'weather',
              description: 'The weather',
              inputSchema: { json: { type: 'object' } },
            },
          },
        ],
      },
    };
    const expected = await countTokens(service.url, MODEL, { converse });
    expect(expected).toMatchObject({ status: 200, source: 'estimated;source=characters' });
    expect(await countBody(body)).toEqual(expected);
  });

  it('counts a thinking request without a limit', async () => {
    const body = {
      anthropic_version: '2026-10-21',
      messages: MESSAGES,
      thinking: { type: 'enabled', budget_tokens: 20_000 },
    };
    expect((await countBody(body)).body).toEqual({ inputTokens: HELLO_ESTIMATE });
  });

  it.each<[name: string, body: unknown, path: RegExp]>([
    ['no messages', { ...CLAUDE_CODE, messages: [] }, /input\.invokeModel\.body\.messages/],
    ['no list of messages', { ...CLAUDE_CODE, messages: 'x' }, /input\.invokeModel\.body\.messages/],
    [
      'an unknown role',
      { ...CLAUDE_CODE, messages: [{ role: 'x', content: 'x' }] },
      /body\.messages\.0\.role/,
    ],
    ['a bad limit', { ...CLAUDE_CODE, max_tokens: 0 }, /input\.invokeModel\.body\.max_tokens/],
    ['a tool without a name', { ...CLAUDE_CODE, tools: [{}] }, /input\.invokeModel\.body\.tools\.0/],
    ['a text', 'Hello', /input\.invokeModel\.body must be a JSON object/],
    ['null', null, /input\.invokeModel\.body must be a JSON object/],
  ])('refuses a body with %s by its path', async (_, body, path) => {
    const answer = await countBody(body);
    expect(answer).toEqual({
      status: 400,
      source: null,
      body: { message: expect.stringMatching(path) as string },
    });
  });

  it('refuses a body that is nested too deeply', async () => {
    const nested = `${'['.repeat(200)}${']'.repeat(200)}`;
    const body = Buffer.from(`{"messages":${nested}}`).toString('base64');
    const answer = await countTokens(service.url, MODEL, { invokeModel: { body } });
    expect(answer.body).toEqual({ message: 'The request body is nested deeper than 100 levels' });
  });

  it('reports what it leaves out by its path', async () => {
    const body = encoded({ ...CLAUDE_CODE, context_management: { edits: [] } });
    const response = await fetch(`${service.url}/model/${MODEL}/count-tokens`, {
      method: 'POST',
      body: JSON.stringify({ input: { invokeModel: { body } } }),
    });
    const ignored = response.headers.get('x-proxy-ignored-parameters') ?? '';
    expect(ignored.split(',')).toEqual(
      expect.arrayContaining([
        'input.invokeModel.body.anthropic_beta',
        'input.invokeModel.body.context_management',
      ]),
    );
  });

  it.each<[name: string, body: object, tokens: number]>([
    ['a text to embed', { inputText: 'a'.repeat(40), dimensions: 256 }, 10],
    ['texts to embed', { texts: ['a'.repeat(40), 'b'.repeat(8)], input_type: 'search_query' }, 12],
    [
      'documents to rank',
      { query: 'a'.repeat(8), documents: ['b'.repeat(40), 'c'.repeat(20)], api_version: 2 },
      19,
    ],
  ])('estimates %s', async (_, body, inputTokens) => {
    expect(await countBody(body)).toEqual({
      status: 200,
      source: 'estimated;source=characters',
      body: { inputTokens },
    });
  });

  it('does not count a request for an image', async () => {
    const answer = await countBody({ taskType: 'TEXT_IMAGE', textToImageParams: { text: 'a cat' } });
    expect(answer).toMatchObject({ status: 400 });
  });
});
