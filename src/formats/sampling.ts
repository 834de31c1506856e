import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { NativePaths } from './native-paths.js';
import { present } from './present.js';

/** One parameter: its value, and its path in the native body. */
interface Parameter<Value> {
  readonly value: Value | null | undefined;
  readonly path: string;
}

/** Parameters that Converse has. */
interface ConverseParameters {
  readonly maxTokens?: Parameter<number>;
  readonly temperature?: Parameter<number>;
  readonly topP?: Parameter<number>;
  readonly stopSequences?: Parameter<string[]>;
}

/** Parameters that Converse does not have, by the names that the translation reads. */
interface FurtherParameters {
  readonly top_k?: Parameter<number>;
  readonly seed?: Parameter<number>;
  readonly frequency_penalty?: Parameter<number>;
  readonly presence_penalty?: Parameter<number>;
  readonly reasoningConfig?: Parameter<unknown>;
  readonly response_format?: Parameter<unknown>;
  readonly tool_choice?: Parameter<unknown>;
  readonly parallel_tool_calls?: Parameter<boolean>;
}

/** Adds sampling parameters to a Converse request, and records where they come from. */
export function addSampling(
  request: ConverseRequestDto,
  paths: NativePaths,
  { converse, further = {} }: { converse: ConverseParameters; further?: FurtherParameters },
): void {
  const inferenceConfig = valuesOf(converse, paths);
  if (inferenceConfig !== undefined) request.inferenceConfig = inferenceConfig;
  const fields = valuesOf(further, paths);
  if (fields !== undefined) request.additionalModelRequestFields = fields;
}

/** Name → parameter becomes name → value; undefined when none is set. */
function valuesOf(parameters: object, paths: NativePaths): Record<string, never> | undefined {
  const entries: [string, Parameter<unknown>][] = Object.entries(parameters);
  const values = present(Object.fromEntries(entries.map(([name, { value }]) => [name, value])));
  if (Object.keys(values).length === 0) return undefined;
  const members = Object.fromEntries(entries.map(([name, { path }]) => [name, path]));
  return paths.from('', values, members) as Record<string, never>; // the values have the types of their parameters
}
