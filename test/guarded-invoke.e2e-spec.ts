import { GUARDRAIL, GUARDRAIL_HEADERS } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';

const ACTION = 'amazon-bedrock-guardrailAction';

const suite = guardedSuite();

describe('A request of InvokeModel with a guardrail', () => {
  it('is guarded in a body of InvokeModel too, by its headers', async () => {
    const call = (text: string) =>
      fetch(`${suite.service.proxy.url}/model/anthropic.claude-x/invoke`, {
        method: 'POST',
        headers: GUARDRAIL_HEADERS,
        body: JSON.stringify({
          anthropic_version: 'bedrock-2023-05-31',
          max_tokens: 5,
          messages: [{ role: 'user', content: text }],
        }),
      }).then((response) => response.json());
    expect(await call('forbidden')).toMatchObject({
      content: [{ type: 'text', text: GUARDRAIL.blockedInputMessaging }],
    });
    expect(suite.service.asked['model']).toBe(0);
    await call('ana@example.com');
    expect(suite.sentMessages).toEqual([{ role: 'user', content: '{EMAIL}' }]);
  });

  it('says that the guardrail intervened when it masks the request alone', async () => {
    const call = async (content: string) => {
      const response = await suite.service.post('anthropic.claude-x', 'invoke', {
        headers: GUARDRAIL_HEADERS,
        body: JSON.stringify({
          anthropic_version: 'bedrock-2023-05-31',
          max_tokens: 5,
          messages: [{ role: 'user', content }],
        }),
      });
      return (await response.json()) as object;
    };
    expect(await call('ana@example.com')).toMatchObject({
      content: [{ type: 'text', text: 'Hi' }],
      stop_reason: 'end_turn',
      [ACTION]: 'INTERVENED',
    });
    expect(await call('fine')).toMatchObject({ [ACTION]: 'NONE' });
  });

  it.each<[path: string, body: object]>([
    ['model/amazon.titan-embed-text-v2:0/invoke', { inputText: 'forbidden' }],
    ['model/cohere.embed-english-v3/invoke', { texts: ['forbidden'], input_type: 'search_query' }],
    ['model/openai.embedding/invoke', { input: 'forbidden', encoding_format: 'float' }],
    ['model/amazon.rerank-v1:0/invoke', { query: 'forbidden', documents: ['a'] }],
    [
      'rerank',
      {
        queries: [{ type: 'TEXT', textQuery: { text: 'forbidden' } }],
        sources: [
          {
            type: 'INLINE',
            inlineDocumentSource: { type: 'TEXT', textDocument: { text: 'forbidden' } },
          },
        ],
        rerankingConfiguration: {
          type: 'BEDROCK_RERANKING_MODEL',
          bedrockRerankingConfiguration: { modelConfiguration: { modelArn: 'amazon.rerank-v1:0' } },
        },
      },
    ],
  ])('is refused where nothing is examined: %s', async (path, body) => {
    const response = await fetch(`${suite.service.proxy.url}/${path}`, {
      method: 'POST',
      headers: GUARDRAIL_HEADERS,
      body: JSON.stringify(body),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: expect.stringMatching(/^Guardrails are not applied .* Use ApplyGuardrail for /) as string },
    ]);
    expect(suite.service.asked['model']).toBe(0);
  });
});
