import { Injectable } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { GuardrailSettings } from '../../config/guardrail.js';
import type { Recogniser } from '../../guardrails/recogniser.js';
import { RequestDocuments } from '../documents/request-documents.js';
import type { OperationContext } from '../operation-context.js';
import { Stopwatch } from '../stopwatch.js';
import type { AppliedGuardrail } from './applied-guardrail.js';
import { ConverseGuard, type GuardedCall } from './converse-guard.js';
import { GuardrailExaminer } from './guardrail-examiner.js';
import { Guardrails } from './guardrails.js';
import { Moderations } from './moderations.js';

const PATH = 'guardrailConfig';

type GuardedRequest = Pick<ConverseRequestDto, 'guardrailConfig'>;

/** Finds the guardrail that a request names. */
@Injectable()
export class ConverseGuards {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly examiner: GuardrailExaminer,
    private readonly moderations: Moderations,
    private readonly documents: RequestDocuments,
  ) {}

  get areConfigured(): boolean {
    return this.guardrails.areConfigured;
  }

  /**
   * The settings of the guardrail; undefined when the request names none, or the configuration has none at all.
   * @throws ValidationException when the configuration has guardrails, but not this one
   */
  find({ guardrailConfig }: GuardedRequest): GuardrailSettings | undefined {
    if (guardrailConfig == null || !this.guardrails.areConfigured) return undefined;
    const { guardrailIdentifier: identifier, guardrailVersion: version } = guardrailConfig;
    if (!isNamed(identifier) && !isNamed(version)) return undefined;
    if (!isNamed(identifier)) throw missing('guardrailIdentifier');
    if (!isNamed(version)) throw missing('guardrailVersion');
    const settings = this.guardrails.find(identifier, version);
    if (settings !== undefined) return settings;
    throw new ValidationException(
      'The guardrail identifier or version provided in the request does not exist.',
      { path: `${PATH}.guardrailIdentifier` },
    );
  }

  /** Prepares the guardrail for one request. */
  async open(
    settings: GuardrailSettings,
    request: GuardedRequest,
    context: OperationContext,
  ): Promise<ConverseGuard> {
    const guardrail = await this.guardrails.apply(settings, request.guardrailConfig?.guardrailVersion ?? '');
    return this.guard({ guardrail, isAsync: false, ignored: [] }, request, context);
  }

  /** As `open`, for a stream, which may be examined behind. Then it is too late to mask anything. */
  async openStream(
    settings: GuardrailSettings,
    request: GuardedRequest,
    context: OperationContext,
  ): Promise<ConverseGuard> {
    const mode = request.guardrailConfig?.streamProcessingMode;
    if (mode !== 'async') return this.open(settings, request, context);
    const guardrail = await this.guardrails.apply(settings, request.guardrailConfig?.guardrailVersion ?? '');
    const reporting = withoutOutputMasks(guardrail);
    const ignored = reporting === guardrail ? [] : [`${PATH}.streamProcessingMode`];
    return this.guard({ guardrail: reporting, isAsync: true, ignored }, request, context);
  }

  private guard(
    mode: Pick<GuardedCall, 'guardrail' | 'isAsync' | 'ignored'>,
    { guardrailConfig }: GuardedRequest,
    context: OperationContext,
  ): ConverseGuard {
    const moderate = this.moderations.for(context);
    const { documents } = this;
    const call = { ...mode, config: guardrailConfig ?? {}, context, moderate, documents };
    return new ConverseGuard(call, this.examiner, new Stopwatch());
  }
}

/** A guardrail that only reports what it would mask in texts of the model. */
function withoutOutputMasks(guardrail: AppliedGuardrail): AppliedGuardrail {
  const { policy, version } = guardrail;
  const { settings } = policy;
  if (!policy.recognisers.some(({ rule }) => rule.actions.output === 'ANONYMIZE')) return guardrail;
  const recognisers = policy.recognisers.map((recogniser) =>
    recogniser.rule.actions.output === 'ANONYMIZE' ? onlyReporting(recogniser) : recogniser,
  );
  return { policy: { settings, recognisers }, version };
}

function onlyReporting(recogniser: Recogniser): Recogniser {
  const { rule } = recogniser;
  const actions = { input: rule.actions.input, output: 'NONE' } as const;
  return { ...recogniser, rule: { ...rule, actions } };
}

function isNamed(text: string | null | undefined): text is string {
  return text != null && text !== '';
}

function missing(member: string): ValidationException {
  const path = `${PATH}.${member}`;
  return new ValidationException(`The value at ${path} is missing`, { path });
}
