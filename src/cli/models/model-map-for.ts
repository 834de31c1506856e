import { modelMapToText, toModelMap } from '../../config/model-map.js';
import { askModels } from '../discovery/ask-models.js';
import { readModelList } from '../discovery/model-list.js';
import { UsageError } from '../usage.error.js';
import { chooseModels, type ModelChoice } from './choose-models.js';

/** Servers in the cloud may have to list hundreds of models. */
const TIMEOUT_MS = 10_000;

/**
 * Asks a server for its models, maps Bedrock's ids onto them, prints the map, and returns it as `MODEL_MAP`.
 * @throws UsageError when the server does not list a usable model
 */
export async function modelMapFor(baseUrl: string, apiKey: string | undefined): Promise<string> {
  const answer = await askModels(baseUrl, { timeoutMs: TIMEOUT_MS, apiKey });
  // a query may hold a key
  const [server] = baseUrl.split('?');
  if (answer === undefined) throw new UsageError(`--models auto: nothing answers at ${server}/models`);
  const models = readModelList(answer);
  if (models === undefined) {
    throw new UsageError(
      `--models auto: ${server}/models answers ${answer.status}, without a list of models`,
    );
  }
  // a name with a separator of the map cannot stand in it
  const choices = chooseModels(
    models.map(({ id }) => id).filter((id) => toModelMap(`*=${id}`) !== undefined),
  );
  if (choices.length === 0) throw new UsageError(`--models auto: ${server} has no model`);
  process.stdout.write(`${tableOf(choices)}\n`);
  return modelMapToText(choices);
}

function tableOf(choices: readonly ModelChoice[]): string {
  const width = Math.max(...choices.map(({ match }) => match.length));
  return [
    "Models, by Bedrock's ids; any other id goes to the server as it is:",
    ...choices.map(({ match, model }) => `  ${match.padEnd(width)}  ${model}`),
  ].join('\n');
}
