import type { ModelId } from '../bedrock/model-id.js';

/** What a model id says about the model. */
export interface ModelFamily {
  /** The maker's name in the id: `anthropic`, `meta` … Undefined for ids of another form, such as aliases. */
  readonly maker?: string;
  /** The id without region and ARN: `amazon.nova-lite-v1:0`. */
  readonly name: string;
  /** Whether the model embeds: its id says so, or the settings of its rule do. */
  readonly embeds?: true;
}

/** Prefixes of inference profiles. https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
const REGION = /^(?:us-gov|us|eu|apac|global|jp|au|ca)\./;
const MAKER = /^(?<maker>[a-z][a-z0-9]*)\../;

/**
 * A model id or ARN → what it says about the model. `us.anthropic.claude-x` and
 * `arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-x` have the maker `anthropic`. Of resources that their
 * owners name, the name is not read: it may be that of any model.
 */
export function modelFamily(modelId: ModelId, hasEmbeddingSettings = false): ModelFamily {
  const name = modelId.name.replace(REGION, '');
  const maker = modelId.isNamedAfterModel ? MAKER.exec(name)?.groups?.maker : undefined;
  const embeds = hasEmbeddingSettings || /embed/i.test(modelId.name);
  return { ...(maker !== undefined && { maker }), name, ...(embeds && { embeds }) };
}
