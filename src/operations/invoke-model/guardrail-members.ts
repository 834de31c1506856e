import type { ConverseTrace } from '../../bedrock/converse/converse-response.js';
import type { GuardrailAssessment } from '../../bedrock/guardrails/guardrail-assessment.js';
import type { Exchange } from '../../observability/exchange.js';

const ACTION = 'amazon-bedrock-guardrailAction';
const TRACE = 'amazon-bedrock-trace';

interface GuardedAnswer {
  readonly stopReason?: string | undefined;
  readonly trace?: ConverseTrace | undefined;
}

/**
 * What a native answer, or the last chunk of a stream, says about the guardrail: nothing if none has examined it.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-model-api.html
 */
export function guardrailMembers({ stopReason, trace }: GuardedAnswer, { guardrails }: Exchange): object {
  if (guardrails === undefined) return {};
  const { inputAssessment = {}, outputAssessments = {} } = trace?.guardrail ?? {};
  return {
    [ACTION]: stopReason === 'guardrail_intervened' ? 'INTERVENED' : 'NONE',
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
