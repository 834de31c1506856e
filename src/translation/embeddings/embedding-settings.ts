import type { UpstreamTarget } from '../../openai/upstream-target.js';

type EmbeddingSettings = NonNullable<UpstreamTarget['embeddings']>;

const DEFAULTS: EmbeddingSettings = {
  inputTypes: {},
  inputTypeValues: {},
  dimensions: 'pass',
  images: 'none',
  outputTypes: [],
};

/** The settings of the model's rule, or those of a rule that says nothing about embeddings. */
export function settingsOf({ embeddings }: UpstreamTarget): EmbeddingSettings {
  return embeddings ?? DEFAULTS;
}
