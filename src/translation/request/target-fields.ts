import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { hasFixedSampling } from './inference-config.js';
import { isReservedField } from './reserved-fields.js';
import { isSet } from './params-draft.js';
import type { Provenance } from './provenance.js';

/** Adds a target's `defaults` and `extraBody` for params that the request has not set. Reserved fields are skipped. */
export function addTargetFields(
  params: ChatCompletionParams,
  target: UpstreamTarget,
  provenance?: Provenance,
): void {
  for (const [name, value] of [...defaultFields(target), ...Object.entries(target.extraBody)]) {
    if (value === undefined || isSet(params, name) || isReservedField(name)) continue;
    params[name] = value;
    provenance?.param(name, 'route');
  }
}

function defaultFields({ dialect, model, defaults }: UpstreamTarget): [name: string, value: unknown][] {
  const { maxTokens, temperature, topP, stopSequences } = defaults;
  const sampling = { temperature, top_p: topP };
  return Object.entries({
    [dialect.maxTokensField]: maxTokens,
    ...(!hasFixedSampling(dialect, model) && sampling),
    stop: stopSequences,
  });
}
