/** What a model is called for. */
export type ModelKind = 'chat' | 'embeddings' | 'rerank' | 'image';

/** Rough sizes: up to about 15 billion parameters, up to about 120 billion, and above. */
export type ModelSize = 'small' | 'medium' | 'large';

/** A family of Bedrock's models in one size. */
export interface ModelFamily {
  /** A glob on the ids of the models and of their inference profiles. */
  readonly match: string;
  /** The name under which the same models are found elsewhere. */
  readonly name: string;
  readonly kind: ModelKind;
  readonly size: ModelSize;
}

const ROWS: readonly (readonly [match: string, name: string, kind: ModelKind, size: ModelSize])[] = [
  ['*anthropic.claude*haiku*', 'claude', 'chat', 'small'],
  ['*anthropic.claude*opus*', 'claude', 'chat', 'large'],
  ['*anthropic.claude*', 'claude', 'chat', 'medium'],
  ['*amazon.nova-premier*', 'nova', 'chat', 'large'],
  ['*amazon.nova-pro*', 'nova', 'chat', 'medium'],
  ['*amazon.nova-canvas*', 'nova-canvas', 'image', 'medium'],
  ['*amazon.nova*lite*', 'nova', 'chat', 'small'],
  ['*amazon.nova-micro*', 'nova', 'chat', 'small'],
  ['*amazon.titan-embed*', 'titan-embed', 'embeddings', 'small'],
  ['*amazon.titan-image*', 'titan-image', 'image', 'medium'],
  ['*amazon.titan-text*', 'titan', 'chat', 'small'],
  ['*amazon.rerank*', 'rerank', 'rerank', 'small'],
  ['*meta.llama*405b*', 'llama', 'chat', 'large'],
  ['*meta.llama*maverick*', 'llama', 'chat', 'large'],
  ['*meta.llama*0b*', 'llama', 'chat', 'medium'],
  ['*meta.llama*scout*', 'llama', 'chat', 'medium'],
  ['*meta.llama*', 'llama', 'chat', 'small'],
  ['*mistral.*large*', 'mistral', 'chat', 'large'],
  ['*mistral.mixtral*', 'mistral', 'chat', 'medium'],
  ['*mistral.*', 'mistral', 'chat', 'small'],
  ['*cohere.command-r-plus*', 'command', 'chat', 'large'],
  ['*cohere.command*', 'command', 'chat', 'medium'],
  ['*cohere.embed*', 'embed', 'embeddings', 'small'],
  ['*cohere.rerank*', 'rerank', 'rerank', 'small'],
  ['*ai21.jamba*mini*', 'jamba', 'chat', 'small'],
  ['*ai21.jamba*', 'jamba', 'chat', 'large'],
  ['*deepseek.*', 'deepseek', 'chat', 'large'],
  ['*openai.gpt-oss-20b*', 'gpt-oss', 'chat', 'small'],
  ['*openai.gpt-oss*', 'gpt-oss', 'chat', 'medium'],
  ['*qwen.qwen3-32b*', 'qwen', 'chat', 'medium'],
  ['*qwen.qwen3-coder-30b*', 'qwen', 'chat', 'medium'],
  ['*qwen.*', 'qwen', 'chat', 'large'],
  ['*writer.palmyra*', 'palmyra', 'chat', 'large'],
  ['*stability.*', 'stable', 'image', 'medium'],
];

/** Bedrock's models by family and size. The first that matches an id is its family. docs/models.md gives the reasons. */
export const MODEL_FAMILIES: readonly ModelFamily[] = ROWS.map(([match, name, kind, size]) => ({
  match,
  name,
  kind,
  size,
}));
