import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { BedrockEmbeddings } from '@langchain/aws';
import { embed, embedMany, type EmbeddingModel } from 'ai';
import { answerEmbeddings } from '../support/embedding-answers.js';
import { answerJson } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { aiSdkBedrock } from './ai-sdk-bedrock.js';
import { answerJsonOf, bedrockClient, CLEARTEXT } from './bedrock-client.js';

const TITAN = 'amazon.titan-embed-text-v2:0';
const COHERE = 'cohere.embed-english-v3';
const COHERE_4 = 'cohere.embed-v4:0';
const NOVA = 'amazon.nova-2-multimodal-embeddings-v1:0';

let service: Service;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.reset();
  service.upstream.answerWith(answerEmbeddings);
});

describe.each(CLEARTEXT)('The AWS SDK over $transport', (transport) => {
  it('embeds by InvokeModel', async () => {
    const client = bedrockClient(service.url, transport);
    const body = JSON.stringify({ inputText: 'Hello', normalize: false });
    const output = await client.send(new InvokeModelCommand({ modelId: TITAN, body }));
    expect(answerJsonOf(output)).toEqual({
      embedding: [5, 1],
      inputTextTokenCount: 5,
      embeddingsByType: { float: [5, 1] },
    });
    client.destroy();
  });

  it('gets megabytes of numbers as the server wrote them', async () => {
    const client = bedrockClient(service.url, transport);
    const vectors = Array.from({ length: 96 }, (_, text) =>
      Array.from({ length: 1_536 }, (__, index) => (text - index) / 7_919),
    );
    const data = vectors.map((embedding, index) => ({ index, embedding }));
    service.upstream.answerWith(answerJson({ data, usage: { prompt_tokens: 96, total_tokens: 96 } }));
    const body = JSON.stringify({
      texts: vectors.map((_, text) => `text ${text}`),
      input_type: 'clustering',
    });
    const output = await client.send(new InvokeModelCommand({ modelId: COHERE, body }));
    expect(answerJsonOf(output)).toMatchObject({ embeddings: vectors });
    client.destroy();
  });

  it('gets ValidationException with the path of the member', async () => {
    const client = bedrockClient(service.url, transport);
    const command = new InvokeModelCommand({
      modelId: COHERE,
      body: JSON.stringify({ texts: ['Hello', 5] }),
    });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('texts.1'),
    });
    client.destroy();
  });
});

describe('The AI SDK', () => {
  const bedrock = () => aiSdkBedrock(service.url);
  const model = (modelId: string): EmbeddingModel => bedrock().embedding(modelId);

  it.each([
    [TITAN, [5 / Math.hypot(5, 1), 1 / Math.hypot(5, 1)]],
    [COHERE, [5, 1]],
    [COHERE_4, [5, 1]],
    [NOVA, [5, 1]],
  ])('embeds a text with %s, and counts tokens', async (modelId, embedding) => {
    const result = await embed({ model: model(modelId), value: 'Hello' });
    expect(result.embedding.map((value) => value.toFixed(6))).toEqual(
      embedding.map((value) => value.toFixed(6)),
    );
    expect(result.usage).toEqual({ tokens: 5 });
  });

  it.each([
    [COHERE, 1],
    [COHERE_4, 1],
    [NOVA, 3],
  ])('embeds several texts in order with %s', async (modelId, calls) => {
    const values = ['a', 'abc', 'ab'];
    const { embeddings, usage } = await embedMany({ model: model(modelId), values });
    expect(embeddings).toEqual([
      [1, 1],
      [3, 1],
      [2, 1],
    ]);
    expect(usage).toEqual({ tokens: 6 });
    expect(service.upstreamRequests).toHaveLength(calls);
  });

  it('asks Titan for dimensions', async () => {
    const providerOptions = { bedrock: { dimensions: 256, normalize: false } };
    const result = await embed({ model: model(TITAN), value: 'Hello', providerOptions });
    expect(result.embedding).toEqual([5, 1]);
    expect(service.upstreamRequests).toMatchObject([{ dimensions: 256 }]);
  });
});

describe('LangChain', () => {
  const embeddings = (model: string) =>
    new BedrockEmbeddings({ model, region: 'us-east-1', client: bedrockClient(service.url) });

  it.each([TITAN, COHERE])('embeds a query and documents with %s', async (model) => {
    const langchain = embeddings(model);
    const query = await langchain.embedQuery('Hello');
    expect(query[0]).toBeCloseTo(5 / Math.hypot(5, 1), 6);
    const documents = await langchain.embedDocuments(['Hello', 'Hi']);
    expect(documents.map(([first = 0]) => first.toFixed(6))).toEqual([
      (5 / Math.hypot(5, 1)).toFixed(6),
      (2 / Math.hypot(2, 1)).toFixed(6),
    ]);
    langchain.client.destroy();
  });
});
