import {
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type ContentBlock,
  type CountTokensInput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { errorBody, textChunks, textCompletion } from './support/answers.js';
import { cell, docx, heading, table } from './support/documents.js';
import { GUARDRAIL, moderation } from './support/guarded-file.js';
import { OBJECTS, S3Service } from './support/s3-service.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const CAT = OBJECTS['media/uploads/cat.png'].toString('base64');
const at = (path: string) => ({ s3Location: { uri: `s3://${path}` } });
const image = (path: string): ContentBlock.ImageMember => ({ image: { format: 'png', source: at(path) } });
const document = (path: string, format?: 'txt' | 'pdf'): ContentBlock.DocumentMember => ({
  document: { name: 'd', source: at(path), ...(format && { format }) },
});
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const imageUrl = (base64: string) => ({
  type: 'image_url',
  image_url: { url: `data:image/png;base64,${base64}` },
});

let service: S3Service;

beforeAll(async () => {
  service = await S3Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.reset();
  service.proxy.answerWith({
    vllm: answerJson(textCompletion('Hi')),
    generic: answerJson(textCompletion('Hi')),
  });
});

const client = () => service.client('team-a');

/** The messages of the last request to an upstream. */
const sent = (upstream = 'vllm'): unknown =>
  (service.proxy.upstream(upstream).lastRequest?.body as { messages: unknown } | undefined)?.messages;

const read = (): string[] => service.store.requests.map(({ path }) => path.replace(/\?.*/, '')).toSorted();

const converse = (messages: Message[], modelId = 'm') =>
  client().send(new ConverseCommand({ modelId, messages }));

describe('Content in S3', () => {
  it.each<[member: string, block: ContentBlock, part: object]>([
    ['an image', image('media/uploads/cat.png'), imageUrl(CAT)],
    [
      'a video',
      { video: { format: 'mp4', source: at('media/uploads/clip.mp4') } },
      { type: 'video_url', video_url: { url: 'data:video/mp4;base64,Y2xpcA==' } },
    ],
    [
      'an audio',
      { audio: { format: 'wav', source: at('media/uploads/voice.wav') } },
      { type: 'audio_url', audio_url: { url: 'data:audio/wav;base64,dm9pY2U=' } },
    ],
  ])('is sent as bytes: %s', async (_, block, part) => {
    const answer = await converse([user({ text: 'What is this?' }, block)]);
    expect(answer.output?.message?.content).toEqual([{ text: 'Hi' }]);
    expect(sent()).toEqual([{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, part] }]);
  });

  it('is decoded: a document of text, whose key needs encoding', async () => {
    await converse([user(document('documents/Übersicht 50% + 1.txt', 'txt'))]);
    expect(sent()).toEqual([
      { role: 'user', content: '<document name="d" format="txt">\nGröße: 3\n</document>' },
    ]);
    expect(read()).toEqual(['/documents/%C3%9Cbersicht%2050%25%20%2B%201.txt']);
  });

  it('is recognised by its bytes: a document without a format', async () => {
    await converse([user(document('documents/letter.pdf'))], 'generic');
    const file_data = `data:application/pdf;base64,${OBJECTS['documents/letter.pdf'].toString('base64')}`;
    expect(sent('generic')).toEqual([
      { role: 'user', content: [{ type: 'file', file: { filename: 'd.pdf', file_data } }] },
    ]);
  });

  it('is read in tool results', async () => {
    const toolUse = { toolUseId: 't1', name: 'look', input: {} };
    const content = [image('media/uploads/cat.png'), { text: 'seen' }];
    await converse([
      user({ text: 'Look' }),
      { role: 'assistant', content: [{ toolUse }] },
      user({ toolResult: { toolUseId: 't1', content } }),
    ]);
    expect(sent()).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { role: 'tool', content: '[image 1 of tool result t1 is attached in the next user message]\nseen' },
      { role: 'user', content: [{ type: 'text' }, imageUrl(CAT)] },
    ]);
  });

  it('is read once for all blocks and turns that refer to it, by the path of its bucket', async () => {
    await converse([
      user(image('media/uploads/cat.png'), image('media/uploads/team-b/dog.png')),
      { role: 'assistant', content: [{ text: 'Animals' }] },
      user(image('media/uploads/cat.png')),
    ]);
    expect(sent()).toEqual([
      { role: 'user', content: [imageUrl(CAT), imageUrl('ZG9n')] },
      { role: 'assistant', content: 'Animals' },
      { role: 'user', content: [imageUrl(CAT)] },
    ]);
    expect(read()).toEqual(['/media/uploads/cat.png', '/media/uploads/team-b/dog.png']);
    expect(new Set(service.store.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('is read once when the first target fails', async () => {
    service.proxy.answerWith({ vllm: answerJson(errorBody('broken'), 500) });
    await converse([user(image('media/uploads/cat.png'))]);
    expect(service.proxy.asked).toEqual({ vllm: 1, generic: 1 });
    expect(sent('generic')).toEqual([{ role: 'user', content: [imageUrl(CAT)] }]);
    expect(read()).toEqual(['/media/uploads/cat.png']);
  });

  it('is read with the owner of the bucket, and again for another owner', async () => {
    const owned = (bucketOwner?: string): ContentBlock => ({
      image: {
        format: 'png',
        source: { s3Location: { uri: 's3://media/uploads/cat.png', ...(bucketOwner && { bucketOwner }) } },
      },
    });
    await converse([user(owned(), owned('111122223333'), owned('111122223333'))]);
    const owners = service.store.requests.map(
      ({ headers }) => headers['x-amz-expected-bucket-owner'] ?? 'any',
    );
    expect(owners.map(String).toSorted()).toEqual(['111122223333', 'any']);
  });
});

describe('Content in S3 is read by', () => {
  it('ConverseStream', async () => {
    service.proxy.answerWith({ vllm: answerChunks(textChunks('a', 'cat')) });
    const { stream = [] } = await client().send(
      new ConverseStreamCommand({ modelId: 'm', messages: [user(image('media/uploads/cat.png'))] }),
    );
    let text = '';
    for await (const { contentBlockDelta } of stream) text += contentBlockDelta?.delta?.text ?? '';
    expect(text).toBe('acat');
    expect(sent()).toEqual([{ role: 'user', content: [imageUrl(CAT)] }]);
  });

  const nova = { schemaVersion: 'messages-v1', messages: [user(image('media/uploads/cat.png'))] };
  const body = JSON.stringify(nova);

  it('InvokeModel, in the format of Nova', async () => {
    const answer = await client().send(new InvokeModelCommand({ modelId: 'amazon.nova-lite-v1:0', body }));
    expect(JSON.parse(answer.body.transformToString())).toMatchObject({
      output: { message: { content: [{ text: 'Hi' }] } },
    });
    expect(sent()).toEqual([{ role: 'user', content: [imageUrl(CAT)] }]);
  });

  it('InvokeModelWithResponseStream, in the format of Nova', async () => {
    service.proxy.answerWith({ vllm: answerChunks(textChunks('a cat')) });
    const answer = await client().send(
      new InvokeModelWithResponseStreamCommand({ modelId: 'amazon.nova-lite-v1:0', body }),
    );
    let text = '';
    for await (const { chunk } of answer.body ?? []) text += new TextDecoder().decode(chunk?.bytes);
    expect(text).toContain('"a cat"');
    expect(sent()).toEqual([{ role: 'user', content: [imageUrl(CAT)] }]);
  });

  it('CountTokens, which counts what bytes would be', async () => {
    const count = async (input: CountTokensInput) =>
      (await client().send(new CountTokensCommand({ modelId: 'generic-nova', input }))).inputTokens;
    const bytes = user({ image: { format: 'png', source: { bytes: OBJECTS['media/uploads/cat.png'] } } });
    const expected = await count({ converse: { messages: [bytes] } });
    expect(expected).toBeGreaterThan(50);
    expect(await count({ converse: { messages: nova.messages } })).toBe(expected);
    expect(await count({ invokeModel: { body: Buffer.from(body) } })).toBe(expected);
    expect(read()).toEqual(['/media/uploads/cat.png', '/media/uploads/cat.png']);
  });
});

describe('A document in S3', () => {
  it('becomes text for a server that takes no documents', async () => {
    const body = heading(1, 'Größen') + table([cell('Teil'), cell('Größe')], [cell('A'), cell('3')]);
    await service.store.put('documents', 'sizes.docx', await docx({ body }));
    service.reset();
    await converse([
      user({ document: { name: 'sizes', format: 'docx', source: at('documents/sizes.docx') } }),
    ]);
    const text = JSON.stringify(sent());
    expect(text).toContain('<document name=\\"sizes\\" format=\\"docx\\">');
    expect(text).toContain('# Größen');
    expect(text).toContain('| Teil | Größe |');
    expect(read()).toEqual(['/documents/sizes.docx']);
  });

  it('that is none is refused by the path that the client knows, at every door', async () => {
    await service.store.put('documents', 'broken.docx', 'no archive');
    const broken = { name: 'd', format: 'docx' as const, source: at('documents/broken.docx') };
    const messages = [user({ document: broken })];
    const PATH = 'messages.0.content.0.document.source.s3Location';
    const refused = (path: string) => ({
      name: 'ValidationException',
      message: expect.stringContaining(`The value at ${path} is invalid: the document `) as string,
    });
    const body = JSON.stringify({ schemaVersion: 'messages-v1', messages });
    const modelId = 'amazon.nova-lite-v1:0';
    await expect(converse(messages)).rejects.toMatchObject(refused(PATH));
    await expect(client().send(new ConverseStreamCommand({ modelId, messages }))).rejects.toMatchObject(
      refused(PATH),
    );
    await expect(client().send(new InvokeModelCommand({ modelId, body }))).rejects.toMatchObject(
      refused(PATH),
    );
    await expect(
      client().send(new InvokeModelWithResponseStreamCommand({ modelId, body })),
    ).rejects.toMatchObject(refused(PATH));
    const input = { converse: { messages } };
    await expect(client().send(new CountTokensCommand({ modelId, input }))).rejects.toMatchObject(
      refused(`input.converse.${PATH}`),
    );
    expect(service.proxy.asked).toEqual({ vllm: 0, generic: 0 });
  });
});

describe('A guardrail', () => {
  it('examines images that are in S3', async () => {
    const filtering = {
      ...GUARDRAIL,
      content: { moderation: 'generic', filters: [{ type: 'VIOLENCE' }] },
    };
    await using guarded = await S3Service.start({ guardrails: [filtering] });
    guarded.proxy.answerWith({ generic: answerJson(moderation({ violence: 0.99 })) });
    const answer = await guarded.client('team-a').send(
      new ConverseCommand({
        modelId: 'm',
        messages: [user(image('media/uploads/cat.png'))],
        guardrailConfig: { guardrailIdentifier: GUARDRAIL.id, guardrailVersion: 'DRAFT' },
      }),
    );
    expect(answer.stopReason).toBe('guardrail_intervened');
    expect(guarded.proxy.asked).toEqual({ vllm: 0, generic: 1 });
    expect(guarded.proxy.upstream('generic').lastRequest?.body).toMatchObject({ input: [imageUrl(CAT)] });
  });
});
