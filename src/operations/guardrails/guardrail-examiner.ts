import { Injectable } from '@nestjs/common';
import type { GuardrailSide } from '../../config/guardrail.js';
import { assess, type Verdict } from '../../guardrails/assess.js';
import type { GuardedContent } from '../../guardrails/guarded-content.js';
import type { AppliedGuardrail } from './applied-guardrail.js';
import { placesOf, toRecord } from './guardrail-records.js';
import { type ExaminedRequest, Moderations } from './moderations.js';

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
    request.exchange.recordGuardrail(toRecord(verdict, policy.settings.id), () => placesOf(verdict));
    return verdict;
  }
}
