import type { DialectName } from '../../config/dialect-names.js';
import type { ModelListAnswer } from './ask-models.js';

/** One model as a server lists it. */
export interface ListedModel {
  readonly id: string;
  readonly ownedBy?: string;
  readonly created?: number;
}

/** The models of an answer; undefined when the answer is not a list of models as OpenAI's API has it. */
export function readModelList({ status, body }: ModelListAnswer): ListedModel[] | undefined {
  if (status !== 200 || !isRecord(body) || body['object'] !== 'list') return undefined;
  const { data } = body;
  // Ollama without a model says null
  if (data !== null && !Array.isArray(data)) return undefined;
  return (data ?? []).flatMap((model: unknown) => readModel(model) ?? []);
}

function readModel(model: unknown): ListedModel | undefined {
  if (!isRecord(model) || typeof model['id'] !== 'string' || model['id'] === '') return undefined;
  const { id, owned_by: ownedBy, created } = model;
  return {
    id,
    ...(typeof ownedBy === 'string' && { ownedBy }),
    ...(typeof created === 'number' && { created }),
  };
}

/** LiteLLM gives this time to every model. */
const CREATED_BY_LITELLM = 1_677_610_602;

const OWNERS: Readonly<Record<string, DialectName>> = {
  library: 'ollama',
  llamacpp: 'llamacpp',
  organization_owner: 'lmstudio',
  sglang: 'sglang',
  vllm: 'vllm',
};

/** A list of models → the dialect of the server that gave it, by the members that only this kind of server sets. */
export function tellDialect({ headers, body }: ModelListAnswer, models: readonly ListedModel[]): DialectName {
  if (Object.keys(headers).some((name) => name.startsWith('x-litellm-'))) return 'litellm';
  if (isRecord(body) && body['data'] === null) return 'ollama';
  const [first] = models;
  if (first?.created === CREATED_BY_LITELLM) return 'litellm';
  const owner = first?.ownedBy ?? '';
  return Object.hasOwn(OWNERS, owner) ? (OWNERS[owner] ?? 'generic') : 'generic';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
