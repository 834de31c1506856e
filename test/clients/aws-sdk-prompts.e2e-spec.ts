import {
  BedrockAgentClient,
  GetPromptCommand,
  type GetPromptCommandInput,
  ListPromptsCommand,
  paginateListPrompts,
} from '@aws-sdk/client-bedrock-agent';
import {
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { textChunks, textCompletion } from '../support/answers.js';
import { CHAT, CHAT_PROMPT, PLAYLIST, PROMPTED_FILE, promptArn } from '../support/prompted-file.js';
import { RoutedService } from '../support/routed-service.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';
import { bedrockClient, CLEARTEXT } from './bedrock-client.js';

const SONGS = { genre: { text: 'pop' }, number: { text: '3' } };

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(PROMPTED_FILE);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('model').requests.length = 0;
  service.answerWith({ model: answerJson(textCompletion('Hi')) });
});

function sent(): unknown {
  return service.upstream('model').requests.map(({ body }) => body);
}

describe.each(CLEARTEXT)('Prompts over $transport', (transport) => {
  const runtime = () => bedrockClient(service.proxy.url, transport);

  it('are used by Converse', async () => {
    using client = disposable(runtime());
    const answer = await client.send(
      new ConverseCommand({ modelId: promptArn(`${PLAYLIST}:2`), promptVariables: SONGS }),
    );
    expect(answer).toMatchObject({
      output: { message: { content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
    });
    expect(sent()).toEqual([
      {
        model: 'm',
        messages: [{ role: 'user', content: 'Make me a pop playlist of 3 songs.' }],
        max_tokens: 100,
        stream: false,
      },
    ]);
  });

  it('are used by ConverseStream, followed by messages', async () => {
    using client = disposable(runtime());
    service.answerWith({ model: answerChunks(textChunks('Hi')) });
    const { stream } = await client.send(
      new ConverseStreamCommand({
        modelId: promptArn(CHAT),
        promptVariables: { city: { text: 'Rome' }, language: { text: 'Latin' } },
        messages: [{ role: 'user', content: [{ text: 'Yes' }] }],
      }),
    );
    const events = await Array.fromAsync(stream ?? []);
    expect(events).toContainEqual({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hi' } } });
    expect(sent()).toMatchObject([
      {
        messages: [
          { role: 'system', content: 'You speak Latin.' },
          { role: 'user', content: 'Weather in Rome?' },
          { role: 'assistant', content: 'Celsius?' },
          { role: 'user', content: 'Yes' },
        ],
        max_tokens: 300,
        temperature: 0.5,
        stop: ['END'],
        top_k: 5,
        tools: [{ type: 'function', function: { name: 'forecast' } }],
        stream: true,
      },
    ]);
  });

  it('are used by InvokeModel and its stream', async () => {
    using client = disposable(runtime());
    const modelId = promptArn(PLAYLIST);
    const body = JSON.stringify({ promptVariables: { genre: { text: 'jazz' } } });
    const { body: answer } = await client.send(new InvokeModelCommand({ modelId, body }));
    expect(JSON.parse(answer.transformToString())).toMatchObject({
      model: 'test.model',
      choices: [{ message: { content: 'Hi' } }],
    });
    service.answerWith({ model: answerChunks(textChunks('Hi')) });
    const { body: stream } = await client.send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
    const chunks = (await Array.fromAsync(stream ?? [])).map(
      ({ chunk }) => JSON.parse(new TextDecoder().decode(chunk?.bytes)) as unknown,
    );
    expect(chunks).toContainEqual(
      expect.objectContaining({ choices: [expect.objectContaining({ delta: { content: 'Hi' } })] }),
    );
    expect(sent()).toMatchObject([
      { messages: [{ role: 'user', content: 'Draft: jazz' }] },
      { messages: [{ role: 'user', content: 'Draft: jazz' }], stream: true },
    ]);
  });

  it('are used by InvokeModel without a body', async () => {
    using client = disposable(runtime());
    await client.send(new InvokeModelCommand({ modelId: promptArn('NOVARIABLE') }));
    expect(sent()).toMatchObject([{ messages: [{ role: 'user', content: 'Hello' }] }]);
  });

  it('need values for their variables', async () => {
    using client = disposable(runtime());
    const command = new ConverseCommand({
      modelId: promptArn(`${PLAYLIST}:2`),
      promptVariables: { genre: { text: 'pop' }, tempo: { text: 'fast' } },
    });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        'The value at promptVariables is invalid: it lacks number, and the prompt has no variable tempo.',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(sent()).toEqual([]);
  });
});

describe('The agent’s prompt API', () => {
  let agent: BedrockAgentClient;

  beforeAll(() => {
    agent = new BedrockAgentClient({
      endpoint: service.proxy.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
  });
  afterAll(() => agent.destroy());

  it('lists one version of each prompt, page by page', async () => {
    const pages = await Array.fromAsync(paginateListPrompts({ client: agent, pageSize: 2 }, {}));
    expect(
      pages.map(({ promptSummaries = [] }) => promptSummaries.map(({ id, version }) => [id, version])),
    ).toEqual([
      [
        [CHAT, '3'],
        ['NOVARIABLE', 'DRAFT'],
      ],
      [[PLAYLIST, 'DRAFT']],
    ]);
  });

  it.each([PLAYLIST, promptArn(PLAYLIST), promptArn(`${PLAYLIST}:2`)])(
    'lists the versions of %s',
    async (id) => {
      const { promptSummaries } = await agent.send(new ListPromptsCommand({ promptIdentifier: id }));
      expect(promptSummaries?.map(({ version, arn }) => [version, arn?.split('/')[1]])).toEqual([
        ['10', `${PLAYLIST}:10`],
        ['2', `${PLAYLIST}:2`],
        ['DRAFT', PLAYLIST],
      ]);
    },
  );

  it.each<[GetPromptCommandInput, version: string]>([
    [{ promptIdentifier: PLAYLIST }, 'DRAFT'],
    [{ promptIdentifier: promptArn(PLAYLIST) }, 'DRAFT'],
    [{ promptIdentifier: PLAYLIST, promptVersion: 'DRAFT' }, 'DRAFT'],
    [{ promptIdentifier: PLAYLIST, promptVersion: '2' }, '2'],
    [{ promptIdentifier: promptArn(`${PLAYLIST}:10`) }, '10'],
    [{ promptIdentifier: CHAT }, '3'],
  ])('finds %j', async (input, version) => {
    expect(await agent.send(new GetPromptCommand(input))).toMatchObject({ version });
  });

  it('tells a prompt as the configuration has it', async () => {
    const { $metadata: _, ...prompt } = await agent.send(new GetPromptCommand({ promptIdentifier: CHAT }));
    expect(prompt).toEqual({
      ...CHAT_PROMPT,
      createdAt: new Date(CHAT_PROMPT.createdAt),
      updatedAt: new Date('2025-02-01T12:00:00.500Z'),
    });
  });

  it('tells the variables and the time of a prompt that says nothing of them', async () => {
    const prompt = await agent.send(new GetPromptCommand({ promptIdentifier: PLAYLIST, promptVersion: '2' }));
    expect(prompt).toMatchObject({
      arn: `arn:aws:bedrock:us-east-1:000000000000:prompt/${PLAYLIST}:2`,
      createdAt: expect.any(Date) as Date,
      updatedAt: prompt.createdAt,
      variants: [
        { templateConfiguration: { text: { inputVariables: [{ name: 'genre' }, { name: 'number' }] } } },
      ],
    });
  });

  it('tells metadata alone', async () => {
    const input = { promptIdentifier: CHAT, includedData: 'METADATA_ONLY' as const };
    expect(await agent.send(new GetPromptCommand(input))).not.toHaveProperty('variants');
  });

  it.each<GetPromptCommandInput>([
    { promptIdentifier: 'UNKNOWN001' },
    { promptIdentifier: promptArn('UNKNOWN001') },
    { promptIdentifier: `${PLAYLIST}x` },
    { promptIdentifier: PLAYLIST, promptVersion: '7' },
    { promptIdentifier: CHAT, promptVersion: 'DRAFT' },
    { promptIdentifier: 'arn:aws:bedrock:us-east-1:1:guardrail/abc' },
  ])('knows no %j', async (input) => {
    await expect(agent.send(new GetPromptCommand(input))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('refuses what it has not issued', async () => {
    await expect(agent.send(new ListPromptsCommand({ nextToken: 'a b' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(agent.send(new ListPromptsCommand({ maxResults: 1_001 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

function disposable<Client extends { destroy(): void }>(client: Client): Client & Disposable {
  return Object.assign(client, { [Symbol.dispose]: () => client.destroy() });
}
