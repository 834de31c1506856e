const QUESTION = 'What is the capital of France?';
const TEXTS = ['Paris is the capital of France.', 'Bread needs flour, water, salt and yeast.'];
const PERSONAL = 'Write to ana@example.com.';
const turn = [{ role: 'user', content: QUESTION }];

export const CONVERSE = {
  system: [{ text: 'Be brief.' }],
  messages: [{ role: 'user', content: [{ text: QUESTION }] }],
  inferenceConfig: { maxTokens: 200, temperature: 0.2 },
};

export const ANTHROPIC = {
  native: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 200, messages: turn },
  own: { model: '{model}', max_tokens: 200, messages: turn },
  count: { model: '{model}', messages: turn },
};

export const CHAT = { model: '{model}', messages: turn, max_tokens: 200 };

export const EMBEDDINGS = { inputText: TEXTS[0] };

export const IMAGE = { taskType: 'TEXT_IMAGE', textToImageParams: { text: 'A lighthouse at night' } };

export const RERANK = {
  native: { api_version: 2, query: QUESTION, documents: TEXTS },
  api: {
    queries: [{ type: 'TEXT', textQuery: { text: QUESTION } }],
    sources: TEXTS.map((text) => ({
      type: 'INLINE',
      inlineDocumentSource: { type: 'TEXT', textDocument: { text } },
    })),
    rerankingConfiguration: {
      type: 'BEDROCK_RERANKING_MODEL',
      bedrockRerankingConfiguration: { modelConfiguration: { modelArn: '{model}' } },
    },
  },
};

export const GUARDRAIL = {
  apply: { source: 'INPUT', content: [{ text: { text: PERSONAL } }] },
  checks: {
    messages: [{ role: 'user', content: [{ text: PERSONAL }] }],
    checks: { sensitiveInformation: { entities: [{ type: 'EMAIL' }] } },
  },
};
