import { Injectable } from '@nestjs/common';
import type { GuardrailAction, GuardrailSide } from '../../config/guardrail.js';
import { assess, type Verdict } from '../../guardrails/assess.js';
import type { GuardedContent } from '../../guardrails/guarded-content.js';
import type { GuardrailRule } from '../../guardrails/recogniser.js';
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
  const counts = new Map<GuardrailRule, number>();
  for (const { findings } of texts) {
    for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const found = [...counts].map(([{ kind: policy, name: type, actions }, count]): GuardrailFindingRecord => ({
    policy,
    type,
    action: RECORDED[actions[side]],
    count,
  }));
  const filtered = filters
    .filter(({ detected }) => detected)
    .map(({ type, action }) => ({ policy: 'content' as const, type, action, count: 1 }));
  return {
    guardrail,
    side,
    decision,
    findings: [...found, ...filtered],
    ...(isUnfiltered && { isUnfiltered }),
  };
}
