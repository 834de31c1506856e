import type { GuardrailConfigurationDto } from '../../bedrock/converse/guardrail-config.dto.js';
import type { ConverseTrace } from '../../bedrock/converse/converse-response.js';
import type { GuardrailAssessment } from '../../bedrock/guardrails/guardrail-assessment.js';
import type { Verdict } from '../../guardrails/assess.js';
import { coverageOf, toAssessment, usageOf } from '../../guardrails/assessment.js';
import type { AppliedGuardrail } from './applied-guardrail.js';
import { guardrailArn } from './guardrail-id.js';

const REASONS: Readonly<Record<Verdict['decision'], string>> = {
  none: 'No action.',
  masked: 'Guardrail masked.',
  blocked: 'Guardrail blocked.',
};

export function actionReason(...verdicts: readonly Verdict[]): string {
  const decisions = new Set(verdicts.map(({ decision }) => decision));
  if (decisions.has('blocked')) return REASONS.blocked;
  return decisions.has('masked') ? REASONS.masked : REASONS.none;
}

/** The assessment, with what it took. */
export function fullAssessment(
  verdict: Verdict,
  { policy, version }: AppliedGuardrail,
  { isFull, latencyMs }: { isFull: boolean; latencyMs: number },
): GuardrailAssessment {
  const { id } = policy.settings;
  return {
    ...toAssessment(verdict, policy, isFull),
    invocationMetrics: {
      guardrailProcessingLatency: latencyMs,
      usage: usageOf(verdict, policy),
      guardrailCoverage: coverageOf(verdict, policy),
    },
    appliedGuardrailDetails: {
      guardrailId: id,
      guardrailVersion: version,
      guardrailArn: guardrailArn(id),
      guardrailOrigin: ['REQUEST'],
      guardrailOwnership: 'SELF',
    },
  };
}

/** A verdict, and how long it took in milliseconds. */
export interface TimedVerdict {
  readonly verdict: Verdict;
  readonly latencyMs: number;
}

export interface GuardrailVerdicts {
  readonly input?: TimedVerdict;
  readonly output?: TimedVerdict;
}

/** The trace of an answer; empty unless the request asks for it. */
export function guardrailTrace(
  trace: GuardrailConfigurationDto['trace'],
  guardrail: AppliedGuardrail,
  { input, output }: GuardrailVerdicts,
): Pick<ConverseTrace, 'guardrail'> {
  if (trace == null || trace === 'disabled') return {};
  const { id } = guardrail.policy.settings;
  const assessed = ({ verdict, latencyMs }: TimedVerdict): GuardrailAssessment =>
    fullAssessment(verdict, guardrail, { isFull: trace === 'enabled_full', latencyMs });
  const verdicts = [input, output].flatMap((timed) => (timed === undefined ? [] : [timed.verdict]));
  return {
    guardrail: {
      ...(input !== undefined && { inputAssessment: { [id]: assessed(input) } }),
      ...(output !== undefined && {
        outputAssessments: { [id]: [assessed(output)] },
        modelOutput: output.verdict.texts.map(({ text }) => text),
      }),
      actionReason: actionReason(...verdicts),
    },
  };
}
