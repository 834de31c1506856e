import { Injectable } from '@nestjs/common';
import { promptArn } from '../../bedrock/model-arn.js';
import { ModelId } from '../../bedrock/model-id.js';
import type { GetPromptResponse, ListPromptsResponse, PromptSummary } from '../../bedrock/prompts/prompt.js';
import {
  type GetPromptRequestDto,
  type ListPromptsRequestDto,
  MAX_PROMPTS,
} from '../../bedrock/prompts/prompt-requests.dto.js';
import { Configurations, type Client } from '../../config/configuration.js';
import { DRAFT, type PromptSettings } from '../../config/prompt.js';
import { findPrompt, mayUsePrompt, promptReference, versionsOf } from '../../routing/prompts.js';
import { CallableModels } from '../callable-models.js';
import { idToPageToken, pageTokenToId } from '../inference-profiles/pagination.js';
import { unknownPrompt } from '../prompt-route.js';

/** Shows the prompts of the configuration. A client sees only those that it may use: to it, the others do not exist. */
@Injectable()
export class PromptCatalogService {
  /** Used for prompts of which the configuration says nothing of the time. */
  readonly #startedAt = new Date().toISOString();

  constructor(private readonly configurations: Configurations) {}

  /**
   * Without an identifier one version of every prompt: the draft or, where there is none, the highest. With one, all its
   * versions.
   * @throws BedrockException
   */
  list(
    { promptIdentifier, maxResults = MAX_PROMPTS, nextToken }: ListPromptsRequestDto,
    client: Client,
  ): ListPromptsResponse {
    const after = nextToken === undefined ? '' : pageTokenToId(nextToken);
    const shown =
      promptIdentifier === undefined ? this.latest(client) : this.versions(promptIdentifier, client);
    const rest = shown
      .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
      .filter((prompt) => keyOf(prompt) > after);
    const page = rest.slice(0, maxResults);
    const last = page.at(-1);
    const isLastPage = last === undefined || page.length === rest.length;
    return {
      promptSummaries: page.map((prompt) => this.summaryOf(prompt)),
      ...(!isLastPage && { nextToken: idToPageToken(keyOf(last)) }),
    };
  }

  /**
   * Without a version, in the query or in the ARN, the draft.
   * @throws BedrockException `ResourceNotFoundException`
   */
  get(
    identifier: string,
    { promptVersion, includedData }: GetPromptRequestDto,
    client: Client,
  ): GetPromptResponse {
    const { current } = this.configurations;
    const { id, version: named } = referenceOf(identifier);
    const version = promptVersion ?? named;
    const prompt =
      version === DRAFT
        ? versionsOf(id, current.prompts ?? []).find((candidate) => candidate.version === DRAFT)
        : findPrompt({ id, ...(version !== undefined && { version }) }, current);
    if (prompt === undefined || !this.isShown(prompt, client)) throw unknownPrompt();
    const { variant } = prompt;
    return {
      ...this.summaryOf(prompt),
      defaultVariant: variant.name,
      ...(includedData !== 'METADATA_ONLY' && { variants: [variant] }),
    };
  }

  private latest(client: Client): PromptSettings[] {
    const { prompts = [] } = this.configurations.current;
    const ids = [...new Set(prompts.map(({ id }) => id))];
    return ids.flatMap((id) => versionsOf(id, prompts).find((prompt) => this.isShown(prompt, client)) ?? []);
  }

  private versions(identifier: string, client: Client): PromptSettings[] {
    const { id } = referenceOf(identifier);
    const all = versionsOf(id, this.configurations.current.prompts ?? []);
    const shown = all.filter((prompt) => this.isShown(prompt, client));
    if (shown.length === 0) throw unknownPrompt();
    return shown;
  }

  private isShown(prompt: PromptSettings, client: Client): boolean {
    if (!mayUsePrompt(client, prompt)) return false;
    return new CallableModels(this.configurations.current, client).hasText(prompt.variant.modelId);
  }

  private summaryOf({ id, arn = promptArn(id), ...prompt }: PromptSettings): PromptSummary {
    const { name, description, version, createdAt = this.#startedAt, updatedAt = createdAt } = prompt;
    return {
      id,
      arn: version === DRAFT ? arn : `${arn}:${version}`,
      name,
      ...(description !== undefined && { description }),
      version,
      createdAt,
      updatedAt,
    };
  }
}

/** @throws BedrockException for what names no prompt */
function referenceOf(identifier: string): { readonly id: string; readonly version?: string } {
  const modelId = ModelId.read(identifier);
  // every id is looked for as that of a prompt
  const reference = modelId && promptReference(modelId, { prompts: [] });
  if (reference !== undefined) return reference;
  if (modelId === undefined || modelId.arn !== undefined) throw unknownPrompt();
  return { id: identifier };
}

function keyOf({ id, version }: PromptSettings): string {
  return `${id} ${version}`;
}
