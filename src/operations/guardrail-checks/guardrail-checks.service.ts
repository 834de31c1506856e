import { Injectable } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type {
  ContentFilterResult,
  InvokeGuardrailChecksResponse,
  SensitiveInformationResult,
} from '../../bedrock/guardrails/guardrail-checks.js';
import type {
  CheckedMessageDto,
  ContentFilterCheckDto,
  InvokeGuardrailChecksRequestDto,
  SensitiveInformationCheckDto,
} from '../../bedrock/guardrails/guardrail-checks-request.dto.js';
import { PII_TYPES_WITHOUT_FORM, type PiiType } from '../../config/guardrail.js';
import { examine } from '../../guardrails/examine.js';
import { scoreOf } from '../../guardrails/moderation.js';
import { isPiiType, piiRecognisers } from '../../guardrails/policy.js';
import type { Finding, Recogniser } from '../../guardrails/recogniser.js';
import { Guardrails } from '../guardrails/guardrails.js';
import { type ExaminedRequest, Moderations } from '../guardrails/moderations.js';

const UNIT_CHARACTERS = 1_000;
/** A hostile text can have hundreds of thousands. */
const MAX_RESULTS = 1_000;
/** Types whose check digits leave little doubt, and the others. */
const SURE = 1;
const LIKELY = 0.9;
const WITH_CHECK_DIGIT: ReadonlySet<PiiType> = new Set<PiiType>([
  'CA_SOCIAL_INSURANCE_NUMBER',
  'CREDIT_DEBIT_CARD_NUMBER',
  'INTERNATIONAL_BANK_ACCOUNT_NUMBER',
  'UK_NATIONAL_HEALTH_SERVICE_NUMBER',
  'US_BANK_ROUTING_NUMBER',
  'VEHICLE_IDENTIFICATION_NUMBER',
]);

interface CheckedText {
  readonly text: string;
  readonly messageIndex: number;
  readonly contentIndex: number;
}

/** InvokeGuardrailChecks: looks for what the request names, without a guardrail. */
@Injectable()
export class GuardrailChecksService {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly moderations: Moderations,
  ) {}

  /** @throws ValidationException for checks that need a model; BedrockException when the content filter fails */
  async check(
    { messages, checks }: InvokeGuardrailChecksRequestDto,
    request: ExaminedRequest,
  ): Promise<InvokeGuardrailChecksResponse> {
    const { contentFilter, promptAttack, sensitiveInformation } = checks;
    if (promptAttack != null)
      throw unsupported('checks.promptAttack', 'it needs a model that recognises it.');
    const texts = textsOf(messages);
    const usage = {
      textUnits: Math.ceil(texts.reduce((sum, { text }) => sum + text.length, 0) / UNIT_CHARACTERS),
    };
    const recognisers = sensitiveInformation && (await this.recognisersOf(sensitiveInformation));
    const filtered = contentFilter && (await this.filter(texts, contentFilter, request));
    const found = recognisers && (await findIn(texts, recognisers));
    return {
      results: {
        ...(filtered && { contentFilter: { results: filtered } }),
        ...(found && { sensitiveInformation: found }),
      },
      usage: { ...(filtered && { contentFilter: usage }), ...(found && { sensitiveInformation: usage }) },
    };
  }

  private recognisersOf({ entities }: SensitiveInformationCheckDto): Promise<Recogniser[]> {
    const types = entities.map(({ type }, index) => toPiiType(type, index));
    const region = this.guardrails.all.find(({ phoneRegion }) => phoneRegion !== undefined)?.phoneRegion;
    return piiRecognisers([...new Set(types)], region);
  }

  private async filter(
    texts: readonly CheckedText[],
    { categories }: ContentFilterCheckDto,
    request: ExaminedRequest,
  ): Promise<ContentFilterResult[]> {
    const settings = this.guardrails.all.find(({ content }) => content !== undefined)?.content;
    if (settings === undefined) {
      throw unsupported('checks.contentFilter', 'no guardrail of the configuration has a server for it.');
    }
    const guarded = { texts: texts.map(({ text }) => ({ text, isGuarded: true })), images: [] };
    const scores = await this.moderations.for(request)(guarded, settings);
    return categories.map(({ category }) => ({ category, severityScore: scoreOf(category, scores) }));
  }
}

function textsOf(messages: readonly CheckedMessageDto[]): CheckedText[] {
  return messages.flatMap(({ content }, messageIndex) =>
    content.map(({ text }, contentIndex) => ({ text, messageIndex, contentIndex })),
  );
}

async function findIn(
  texts: readonly CheckedText[],
  recognisers: readonly Recogniser[],
): Promise<{ results: SensitiveInformationResult[]; truncated: boolean }> {
  const results: SensitiveInformationResult[] = [];
  for (const checked of texts) {
    const findings = await examine(checked.text, recognisers);
    const room = MAX_RESULTS - results.length;
    results.push(...toResults(checked, findings.slice(0, room)));
    if (findings.length > room) return { results, truncated: true };
  }
  return { results, truncated: false };
}

function toResults(
  { text, messageIndex, contentIndex }: CheckedText,
  findings: readonly Finding[],
): SensitiveInformationResult[] {
  const offsets = new CodePointOffsets(text);
  return findings.map(({ rule, begin, end }) => ({
    type: rule.name,
    confidenceScore: isPiiType(rule.name) && WITH_CHECK_DIGIT.has(rule.name) ? SURE : LIKELY,
    beginOffset: offsets.at(begin),
    endOffset: offsets.at(end),
    messageIndex,
    contentIndex,
  }));
}

/** UTF-16 offsets → code points. Most offsets are asked for in rising order, so the text is counted about once. */
class CodePointOffsets {
  #units = 0;
  #points = 0;

  constructor(private readonly text: string) {}

  at(units: number): number {
    if (units < this.#units) {
      this.#units = 0;
      this.#points = 0;
    }
    for (const _ of this.text.slice(this.#units, units)) this.#points += 1;
    this.#units = units;
    return this.#points;
  }
}

function toPiiType(type: string, index: number): PiiType {
  if (isPiiType(type)) return type;
  const isKnown = PII_TYPES_WITHOUT_FORM.some((known) => known === type);
  const path = `checks.sensitiveInformation.entities.${index}.type`;
  throw unsupported(
    path,
    isKnown ? 'it has no form by which it can be recognised.' : 'there is no such type.',
  );
}

function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`, { path });
}
