import type { ModelModality } from '../../bedrock/foundation-models/foundation-model.js';
import { MODEL_FAMILIES, type ModelKind } from '../../bedrock/foundation-models/model-families.js';
import type { ModelRule } from '../../config/configuration.js';
import { matchesGlob } from '../../routing/glob.js';

interface Modalities {
  readonly input: ModelModality[];
  readonly output: ModelModality[];
  readonly streams: boolean;
}

/** What a model is called for: by the settings of its rule, else by its id. */
export function modelKind(modelId: string, rule: ModelRule | undefined): ModelKind {
  if (rule?.embeddings !== undefined) return 'embeddings';
  if (rule?.rerank !== undefined) return 'rerank';
  const family = MODEL_FAMILIES.find(({ match }) => matchesGlob(match, modelId));
  if (family !== undefined) return family.kind;
  if (/embed/i.test(modelId)) return 'embeddings';
  return /rerank/i.test(modelId) ? 'rerank' : 'chat';
}

/** What goes in and comes out. For chat it is what the translation carries: only the server knows what the model takes. */
export function modalitiesOf(kind: ModelKind, rule: ModelRule | undefined): Modalities {
  const imagesEmbedded = (rule?.embeddings?.images ?? 'none') !== 'none';
  const table: Readonly<Record<ModelKind, Modalities>> = {
    chat: { input: ['TEXT', 'IMAGE'], output: ['TEXT'], streams: true },
    embeddings: {
      input: imagesEmbedded ? ['TEXT', 'IMAGE'] : ['TEXT'],
      output: ['EMBEDDING'],
      streams: false,
    },
    rerank: { input: ['TEXT'], output: ['TEXT'], streams: false },
    image: { input: ['TEXT'], output: ['IMAGE'], streams: false },
  };
  return table[kind];
}
