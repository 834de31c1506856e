import { ModelId } from '../../src/bedrock/model-id.js';

/** The reading of an id that can be read. */
export function modelIdOf(text: string): ModelId {
  const modelId = ModelId.read(text);
  if (modelId === undefined) throw new Error(`no model id: ${text}`);
  return modelId;
}
