import { Injectable } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type {
  GetGuardrailResponse,
  GuardrailSummary,
  ListGuardrailsResponse,
} from '../../bedrock/guardrails/guardrail.js';
import {
  MAX_GUARDRAILS,
  type GetGuardrailRequestDto,
  type ListGuardrailsRequestDto,
} from '../../bedrock/guardrails/list-guardrails-request.dto.js';
import type { GuardrailSettings, SideActions } from '../../config/guardrail.js';
import { guardrailArn } from '../guardrails/guardrail-id.js';
import { DRAFT, Guardrails } from '../guardrails/guardrails.js';
import { idToPageToken, pageTokenToId } from '../inference-profiles/pagination.js';

/** Shows the guardrails of the configuration. Every client may name every guardrail, so every client sees them. */
@Injectable()
export class GuardrailCatalogService {
  /** The configuration says nothing of the time of a guardrail: it is there since the proxy has started. */
  readonly #startedAt = new Date().toISOString();

  constructor(private readonly guardrails: Guardrails) {}

  /**
   * Without an identifier the draft of every guardrail, with one all its versions.
   * @throws BedrockException
   */
  list({
    guardrailIdentifier,
    maxResults = MAX_GUARDRAILS,
    nextToken,
  }: ListGuardrailsRequestDto): ListGuardrailsResponse {
    const after = nextToken === undefined ? '' : pageTokenToId(nextToken);
    const all = guardrailIdentifier === undefined ? this.drafts() : this.versionsOf(guardrailIdentifier);
    const rest = all
      .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
      .filter((summary) => keyOf(summary) > after);
    const page = rest.slice(0, maxResults);
    const last = page.at(-1);
    const isLastPage = last === undefined || page.length === rest.length;
    return { guardrails: page, ...(!isLastPage && { nextToken: idToPageToken(keyOf(last)) }) };
  }

  /** @throws BedrockException `ResourceNotFoundException` */
  get(identifier: string, { guardrailVersion = DRAFT }: GetGuardrailRequestDto): GetGuardrailResponse {
    const settings = this.guardrails.find(identifier, guardrailVersion);
    if (settings === undefined) throw notFound();
    const { id, arn, ...summary } = this.summaryOf(settings, guardrailVersion);
    return {
      ...summary,
      guardrailId: id,
      guardrailArn: arn,
      ...contentPolicy(settings),
      ...wordPolicy(settings),
      ...sensitiveInformationPolicy(settings),
      blockedInputMessaging: settings.blockedInputMessaging,
      blockedOutputsMessaging: settings.blockedOutputsMessaging,
    };
  }

  private drafts(): GuardrailSummary[] {
    return this.guardrails.all.map((settings) => this.summaryOf(settings, DRAFT));
  }

  private versionsOf(identifier: string): GuardrailSummary[] {
    const settings = this.guardrails.find(identifier, DRAFT);
    if (settings === undefined) throw notFound();
    return [DRAFT, ...(settings.versions ?? [])].map((version) => this.summaryOf(settings, version));
  }

  private summaryOf({ id, name, description }: GuardrailSettings, version: string): GuardrailSummary {
    return {
      id,
      arn: guardrailArn(id),
      status: 'READY',
      name,
      ...(description !== undefined && { description }),
      version,
      createdAt: this.#startedAt,
      updatedAt: this.#startedAt,
    };
  }
}

function keyOf({ id, version }: GuardrailSummary): string {
  return `${id} ${version}`;
}

function contentPolicy({ content }: GuardrailSettings): Pick<GetGuardrailResponse, 'contentPolicy'> {
  if (content === undefined) return {};
  const filters = content.filters.map(({ type, strengths }) => ({
    type,
    inputStrength: strengths.input,
    outputStrength: strengths.output,
  }));
  return { contentPolicy: { filters } };
}

function wordPolicy({ words, profanity }: GuardrailSettings): Pick<GetGuardrailResponse, 'wordPolicy'> {
  if (words === undefined && profanity === undefined) return {};
  const managed =
    profanity === undefined
      ? []
      : [
          {
            type: 'PROFANITY' as const,
            inputAction: profanity.actions.input,
            outputAction: profanity.actions.output,
          },
        ];
  const custom = (words?.words ?? []).map((text) => ({
    text,
    inputAction: words?.actions.input ?? 'BLOCK',
    outputAction: words?.actions.output ?? 'BLOCK',
  }));
  return { wordPolicy: { words: custom, managedWordLists: managed } };
}

function sensitiveInformationPolicy({
  pii,
  regexes,
}: GuardrailSettings): Pick<GetGuardrailResponse, 'sensitiveInformationPolicy'> {
  if (pii.length === 0 && regexes.length === 0) return {};
  return {
    sensitiveInformationPolicy: {
      piiEntities: pii.map(({ type, actions }) => ({ type, ...toActions(actions) })),
      regexes: regexes.map(({ name, pattern, actions }) => ({ name, pattern, ...toActions(actions) })),
    },
  };
}

function toActions({ input, output }: SideActions) {
  return { action: input, inputAction: input, outputAction: output };
}

function notFound(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'There is no such guardrail, or no such version of it.',
  );
}
