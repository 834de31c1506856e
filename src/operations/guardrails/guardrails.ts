import { Injectable } from '@nestjs/common';
import { Configurations } from '../../config/configuration.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import { compilePolicy, type GuardrailPolicy } from '../../guardrails/policy.js';
import type { AppliedGuardrail } from './applied-guardrail.js';
import { guardrailId } from './guardrail-id.js';

/** The draft of a guardrail is what the configuration says, as is every version. */
export const DRAFT = 'DRAFT';

/** The guardrails of the current configuration. */
@Injectable()
export class Guardrails {
  /** Compiled when they are first used. A reload replaces the settings. */
  readonly #policies = new WeakMap<GuardrailSettings, Promise<GuardrailPolicy>>();

  constructor(private readonly configurations: Configurations) {}

  get areConfigured(): boolean {
    return this.configurations.current.guardrails !== undefined;
  }

  get all(): readonly GuardrailSettings[] {
    return this.configurations.current.guardrails ?? [];
  }

  /** By id or ARN; undefined when there is no such guardrail, or it has no such version. */
  find(identifier: string, version: string): GuardrailSettings | undefined {
    const id = guardrailId(identifier);
    const settings = this.all.find((guardrail) => guardrail.id === id);
    if (settings === undefined || version === DRAFT) return settings;
    return settings.versions?.includes(version) === false ? undefined : settings;
  }

  async apply(settings: GuardrailSettings, version: string): Promise<AppliedGuardrail> {
    const policy = this.#policies.get(settings) ?? compilePolicy(settings);
    this.#policies.set(settings, policy);
    return { policy: await policy, version };
  }
}
