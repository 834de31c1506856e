import type { GuardrailAssessment, GuardrailCoverage, GuardrailUsage } from './guardrail-assessment.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html */
export interface ApplyGuardrailResponse {
  usage: GuardrailUsage;
  action: 'NONE' | 'GUARDRAIL_INTERVENED';
  actionReason: string;
  outputs: { text: string }[];
  assessments: GuardrailAssessment[];
  guardrailCoverage: GuardrailCoverage;
}
