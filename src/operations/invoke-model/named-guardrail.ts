import type { GuardrailConfigurationDto } from '../../bedrock/converse/guardrail-config.dto.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import type { ConverseGuards } from '../guardrails/converse-guards.js';
import type { InvokeRequest } from './invoke-handler.js';
import { nativeException } from './native-exception.js';

/** The guardrail of a request that does not become one of Converse. */
export interface NamedGuardrail {
  readonly settings: GuardrailSettings;
  readonly config: GuardrailConfigurationDto;
  /** Of the tags around what is guarded. */
  readonly tagSuffix: string | undefined;
}

/**
 * The guardrail that headers and a body name; undefined when there is none, or the configuration has none at all.
 * @throws ValidationException naming the header
 */
export function namedGuardrail(
  guards: ConverseGuards,
  { headers, guardrail }: Pick<InvokeRequest, 'headers' | 'guardrail'>,
): NamedGuardrail | undefined {
  const { members, nativePath } = headers;
  try {
    const settings = guards.find(members);
    if (settings === undefined) return undefined;
    return { settings, config: members.guardrailConfig ?? {}, tagSuffix: guardrail.tagSuffix };
  } catch (error) {
    throw nativeException(error, (path) => nativePath(path) ?? path);
  }
}
