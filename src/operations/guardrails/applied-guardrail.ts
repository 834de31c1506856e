import type { GuardrailPolicy } from '../../guardrails/policy.js';

/** A guardrail that a request names. */
export interface AppliedGuardrail {
  readonly policy: GuardrailPolicy;
  /** As the request names it: `DRAFT` or a number. */
  readonly version: string;
}
