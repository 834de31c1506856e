import { MODEL_FAMILIES, type ModelFamily } from '../../bedrock/foundation-models/model-families.js';
import { BILLIONS, readServerModel, type ServerModel } from './server-model.js';

/** A glob on Bedrock's model ids, and the model of the server that answers for them. */
export interface ModelChoice {
  readonly match: string;
  readonly model: string;
}

/**
 * The models of a server → a model for each of Bedrock's families: of the same kind; of the same family if the server
 * has it; and nearest in size. Families of a kind that the server does not have are left out.
 */
export function chooseModels(ids: readonly string[]): ModelChoice[] {
  const models = ids.map(readServerModel);
  return MODEL_FAMILIES.flatMap((family) => {
    const model = nearest(family, models);
    return model === undefined ? [] : [{ match: family.match, model: model.id }];
  });
}

function nearest(family: ModelFamily, models: readonly ServerModel[]): ServerModel | undefined {
  const ofKind = models.filter(({ kind }) => kind === family.kind);
  const ofFamily = ofKind.filter(({ id }) => id.toLowerCase().includes(family.name));
  const distance = ({ billions }: ServerModel) => Math.abs(Math.log(billions / BILLIONS[family.size]));
  // a stable sort: of two that are equally near, the server's first
  const sorted = (ofFamily.length > 0 ? ofFamily : ofKind).toSorted(
    (one, other) => distance(one) - distance(other),
  );
  return sorted[0];
}
