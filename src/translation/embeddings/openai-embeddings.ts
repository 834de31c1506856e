import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { EmbeddingParams } from '../../openai/embeddings/embedding-params.js';
import type { EmbeddingsAnswer } from '../../openai/embeddings/embeddings-answer.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { forbiddenPath } from '../request/forbidden-fields.js';
import { shortened } from '../request/params-draft.js';
import { invalid, unsupported } from '../request/refuse.js';
import { type EmbeddingCall, inBatches } from './embedding-params.js';
import { settingsOf } from './embedding-settings.js';

/** Fields that the translation sets itself. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['model', 'input']);

/**
 * OpenAI's body → the upstream requests, with the same members.
 * @throws ValidationException for an input that is none, and for members that clients may not set
 */
export function openAIToCalls(body: JsonObject, target: UpstreamTarget): EmbeddingCall[] {
  const { model, extraBody } = target;
  const members = Object.entries(body).filter(([name, value]) => !OWN_FIELDS.has(name) && value != null);
  for (const [name, value] of members) {
    const forbidden = forbiddenPath({ name, path: shortened(name), value });
    if (forbidden !== undefined) throw unsupported(forbidden, 'this field is not open to clients.');
  }
  const common: EmbeddingParams = { ...extraBody, ...Object.fromEntries(members), model };
  const { input } = body;
  if (typeof input === 'string' && input !== '') return [{ params: { ...common, input }, count: 1 }];
  const inputs = Array.isArray(input) ? input : [];
  if (inputs.length === 0) throw invalid('input', 'provide a text, or a list that is not empty.');
  // a list of numbers is one input, in tokens
  if (inputs.every((element) => typeof element === 'number'))
    return [{ params: { ...common, input: inputs }, count: 1 }];
  checkInputs(inputs);
  const { maxBatch = Infinity } = settingsOf(target);
  return inBatches(inputs, maxBatch).map((batch) => ({
    params: { ...common, input: batch },
    count: batch.length,
  }));
}

/** The upstream's answer as it came, with the model that was asked for; several answers become one. */
export function answersToOpenAI(answers: readonly EmbeddingsAnswer[], model: string): object {
  const [first, ...others] = answers;
  if (first === undefined) throw new Error('An embeddings request has an answer');
  if (others.length === 0) return { ...first.body, model };
  let before = 0;
  const data = answers.flatMap(({ body, vectors }) => {
    const entries = body.data.map((entry, place) => ({ ...entry, index: before + indexOf(entry, place) }));
    before += vectors.length;
    return entries.toSorted((one, other) => one.index - other.index);
  });
  return { ...first.body, data, model, usage: usageOf(answers) };
}

/** Whether the index is that of an input was checked when the answer was read. */
function indexOf({ index }: JsonObject, place: number): number {
  return typeof index === 'number' ? index : place;
}

function usageOf(answers: readonly EmbeddingsAnswer[]): object {
  const tokens = answers.reduce((sum, answer) => sum + (answer.tokens ?? 0), 0);
  return { prompt_tokens: tokens, total_tokens: tokens };
}

function checkInputs(inputs: readonly unknown[]): void {
  const wrong = inputs.findIndex((element) => !isText(element) && !isTokens(element));
  if (wrong !== -1) throw invalid(`input.${wrong}`, 'provide a text that is not empty, or a list of tokens.');
}

function isText(element: unknown): boolean {
  return typeof element === 'string' && element !== '';
}

function isTokens(element: unknown): boolean {
  return Array.isArray(element) && element.length > 0 && element.every((token) => Number.isInteger(token));
}
