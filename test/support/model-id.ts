import { ModelId } from '../../src/bedrock/model-id.js';

/** Parses an id that is known to be valid. */
export function modelIdOf(text: string): ModelId {
  const modelId = ModelId.read(text);
  if (modelId === undefined) throw new Error(`no model id: ${text}`);
  return modelId;
}
