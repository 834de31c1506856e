import type { ConverseTrace } from '../../bedrock/converse/converse-response.js';
import type { GuardrailAssessment } from '../../bedrock/guardrails/guardrail-assessment.js';
import type { Exchange } from '../../observability/exchange.js';

const ACTION = 'amazon-bedrock-guardrailAction';
const TRACE = 'amazon-bedrock-trace';

/**
 * What a native answer, or the last chunk of a stream, says about the guardrail: nothing if none has examined it. Masking is
 * an intervention too, also of the request alone, as in ApplyGuardrail: then the stop reason is still the model's.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-model-api.html
 */
export function guardrailMembers(trace: ConverseTrace | undefined, { guardrails }: Exchange): object {
  if (guardrails === undefined) return {};
  const { inputAssessment = {}, outputAssessments = {} } = trace?.guardrail ?? {};
  return {
    [ACTION]: guardrails.some(({ decision }) => decision !== 'none') ? 'INTERVENED' : 'NONE',
    ...(trace?.guardrail !== undefined && {
      [TRACE]: { guardrail: { input: inputAssessment, outputs: toList(outputAssessments) } },
    }),
  };
}

function toList(assessments: Record<string, GuardrailAssessment[]>): Record<string, GuardrailAssessment>[] {
  return Object.entries(assessments).flatMap(([id, list]) =>
    list.map((assessment) => ({ [id]: assessment })),
  );
}
