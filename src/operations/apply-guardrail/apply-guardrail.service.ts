import { Injectable } from '@nestjs/common';
import { BedrockException, ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ApplyGuardrailResponse } from '../../bedrock/guardrails/apply-guardrail.js';
import type {
  ApplyGuardrailRequestDto,
  GuardrailOutputScope,
} from '../../bedrock/guardrails/apply-guardrail-request.dto.js';
import type { GuardrailSide } from '../../config/guardrail.js';
import type { Verdict } from '../../guardrails/assess.js';
import { coverageOf, usageOf } from '../../guardrails/assessment.js';
import type { AppliedGuardrail } from '../guardrails/applied-guardrail.js';
import { toGuardedContent } from '../guardrails/guard-content.js';
import { GuardrailExaminer } from '../guardrails/guardrail-examiner.js';
import { actionReason, fullAssessment } from '../guardrails/guardrail-trace.js';
import { Guardrails } from '../guardrails/guardrails.js';
import type { ExaminedRequest } from '../guardrails/moderations.js';
import { Stopwatch } from '../stopwatch.js';

const IDENTIFIER = /^(?:[a-z0-9]+|arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/;
const VERSION = /^(?:DRAFT|[1-9]\d{0,7})$/;

const SIDES = { INPUT: 'input', OUTPUT: 'output' } as const satisfies Record<string, GuardrailSide>;

interface GuardrailName {
  readonly identifier: string;
  readonly version: string;
}

/** ApplyGuardrail: examines texts and images without a model. */
@Injectable()
export class ApplyGuardrailService {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly examiner: GuardrailExaminer,
  ) {}

  /** @throws BedrockException */
  async apply(
    { identifier, version }: GuardrailName,
    { source, content, outputScope }: ApplyGuardrailRequestDto,
    request: ExaminedRequest,
  ): Promise<ApplyGuardrailResponse> {
    const stopwatch = new Stopwatch();
    if (!IDENTIFIER.test(identifier)) throw invalid('guardrailIdentifier');
    if (!VERSION.test(version)) throw invalid('guardrailVersion');
    const settings = this.guardrails.find(identifier, version);
    if (settings === undefined) throw notFound();
    const guardrail = await this.guardrails.apply(settings, version);
    const verdict = await this.examiner.examine(toGuardedContent(content), SIDES[source], {
      guardrail,
      request,
    });
    return toResponse(verdict, guardrail, { outputScope, latencyMs: stopwatch.elapsedMs() });
  }
}

function toResponse(
  verdict: Verdict,
  guardrail: AppliedGuardrail,
  { outputScope, latencyMs }: { outputScope: GuardrailOutputScope | undefined; latencyMs: number },
): ApplyGuardrailResponse {
  const { policy } = guardrail;
  return {
    usage: usageOf(verdict, policy),
    action: verdict.decision === 'none' ? 'NONE' : 'GUARDRAIL_INTERVENED',
    actionReason: actionReason(verdict),
    outputs: outputsOf(verdict, guardrail),
    assessments: [fullAssessment(verdict, guardrail, { isFull: outputScope === 'FULL', latencyMs })],
    guardrailCoverage: coverageOf(verdict, policy),
  };
}

/** Of a blocked text the message of the guardrail, of masked ones each of them. */
function outputsOf(
  { decision, side, texts }: Verdict,
  { policy: { settings } }: AppliedGuardrail,
): { text: string }[] {
  const { blockedInputMessaging, blockedOutputsMessaging } = settings;
  if (decision === 'blocked') {
    return [{ text: side === 'input' ? blockedInputMessaging : blockedOutputsMessaging }];
  }
  return decision === 'masked' ? texts.map(({ masked }) => ({ text: masked })) : [];
}

function invalid(member: string): ValidationException {
  return new ValidationException(`The value at ${member} is invalid`, { path: member });
}

function notFound(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'The guardrail identifier or version provided in the request does not exist.',
  );
}
