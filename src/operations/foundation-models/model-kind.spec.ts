import type { EmbeddingSettings, ModelRule } from '../../config/configuration.js';
import { modalitiesOf, modelKind } from './model-kind.js';

const rule: ModelRule = { match: '*', route: [], defaults: {}, extraBody: {} };
const EMBEDDINGS: EmbeddingSettings = {
  inputTypes: {},
  inputTypeValues: {},
  dimensions: 'pass',
  images: 'none',
  outputTypes: [],
};
const embeds = { ...rule, embeddings: EMBEDDINGS };
const ranks: ModelRule = { ...rule, rerank: { path: '/rerank', scores: 'auto' } };

describe('modelKind', () => {
  it.each<[modelId: string, rule: ModelRule | undefined, kind: string]>([
    ['anthropic.claude-sonnet-4', embeds, 'embeddings'],
    ['anthropic.claude-sonnet-4', ranks, 'rerank'],
    ['anthropic.claude-sonnet-4', rule, 'chat'],
    ['amazon.titan-embed-text-v2:0', rule, 'embeddings'],
    ['amazon.nova-2-multimodal-embeddings-v1:0', rule, 'embeddings'],
    ['twelvelabs.marengo-embed-3-0-v1:0', undefined, 'embeddings'],
    ['nomic-embed-text', undefined, 'embeddings'],
    ['cohere.rerank-v3-5:0', rule, 'rerank'],
    ['BAAI/bge-reranker-v2-m3', rule, 'rerank'],
    ['amazon.nova-canvas-v1:0', rule, 'image'],
    ['stability.sd3-5-large-v1:0', rule, 'image'],
    ['Qwen/Qwen3-8B', undefined, 'chat'],
  ])('of %s is what its rule says, else what its id says', (modelId, ofModel, kind) => {
    expect(modelKind(modelId, ofModel)).toBe(kind);
  });
});

describe('modalitiesOf', () => {
  it.each([
    ['chat', rule, { input: ['TEXT', 'IMAGE'], output: ['TEXT'], streams: true }],
    ['embeddings', embeds, { input: ['TEXT'], output: ['EMBEDDING'], streams: false }],
    ['rerank', ranks, { input: ['TEXT'], output: ['TEXT'], streams: false }],
    ['image', undefined, { input: ['TEXT'], output: ['IMAGE'], streams: false }],
    [
      'embeddings',
      { ...rule, embeddings: { ...EMBEDDINGS, images: 'messages' as const } },
      { input: ['TEXT', 'IMAGE'], output: ['EMBEDDING'], streams: false },
    ],
  ] as const)('of %s', (kind, ofModel, modalities) => {
    expect(modalitiesOf(kind, ofModel)).toEqual(modalities);
  });
});
