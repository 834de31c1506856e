import { Injectable } from '@nestjs/common';
import type { GuardrailAction, GuardrailSide } from '../../config/guardrail.js';
import { assess, type Verdict } from '../../guardrails/assess.js';
import type { GuardedContent } from '../../guardrails/guarded-content.js';
import type { GuardrailFindingRecord, GuardrailRecord } from '../../observability/guardrail-record.js';
import type { AppliedGuardrail } from './applied-guardrail.js';
import { type ExaminedRequest, Moderations } from './moderations.js';

const RECORDED: Readonly<Record<GuardrailAction, GuardrailFindingRecord['action']>> = {
  BLOCK: 'BLOCKED',
  ANONYMIZE: 'ANONYMIZED',
  NONE: 'NONE',
};

/** Examines content by a guardrail, and records what was found. */
@Injectable()
export class GuardrailExaminer {
  constructor(private readonly moderations: Moderations) {}

  /** @throws BedrockException when the server for the content filters fails, and the guardrail blocks then */
  async examine(
    content: GuardedContent,
    side: GuardrailSide,
    { guardrail, request }: { guardrail: AppliedGuardrail; request: ExaminedRequest },
  ): Promise<Verdict> {
    const { policy } = guardrail;
    const verdict = await assess(content, { policy, side, moderate: this.moderations.for(request) });
    request.exchange.recordGuardrail(toRecord(verdict, policy.settings.id));
    return verdict;
  }
}

/** A verdict → what may be logged about it. */
export function toRecord(
  { side, decision, texts, filters, isUnfiltered }: Verdict,
  guardrail: string,
): GuardrailRecord {
  const findings = new Map<string, GuardrailFindingRecord>();
  for (const { rule } of texts.flatMap((text) => text.findings)) {
    const { kind: policy, name: type, actions } = rule;
    const count = (findings.get(`${policy}\n${type}`)?.count ?? 0) + 1;
    findings.set(`${policy}\n${type}`, { policy, type, action: RECORDED[actions[side]], count });
  }
  for (const { type, action, detected } of filters) {
    if (detected) findings.set(type, { policy: 'content', type, action, count: 1 });
  }
  return {
    guardrail,
    side,
    decision,
    findings: [...findings.values()],
    ...(isUnfiltered && { isUnfiltered }),
  };
}
