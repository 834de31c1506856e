import { Injectable } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type {
  InferenceProfileSummary,
  ListInferenceProfilesResponse,
} from '../../bedrock/inference-profiles/inference-profile.js';
import {
  MAX_PAGE,
  type ListInferenceProfilesRequestDto,
} from '../../bedrock/inference-profiles/list-inference-profiles-request.dto.js';
import type { ModelId } from '../../bedrock/model-id.js';
import { Configurations, type Client } from '../../config/configuration.js';
import { CallableModels } from '../callable-models.js';
import { isInferenceProfile, toInferenceProfile } from './inference-profile.js';
import { idToPageToken, pageTokenToId } from './pagination.js';

/** Lists the model table as inference profiles. A client sees only the profiles that it may call. */
@Injectable()
export class InferenceProfilesService {
  constructor(private readonly configurations: Configurations) {}

  /**
   * Sorted by id: the next page starts after the last id of this one, even when the table has changed in between.
   * @throws BedrockException `ValidationException` for a token that this service did not issue
   */
  list(query: ListInferenceProfilesRequestDto, client: Client): ListInferenceProfilesResponse {
    const { maxResults = MAX_PAGE, nextToken, type } = query;
    const after = nextToken === undefined ? '' : pageTokenToId(nextToken);
    const rest = profilesOf(new CallableModels(this.configurations.current, client))
      .filter(
        (profile) => profile.inferenceProfileId > after && (type === undefined || profile.type === type),
      )
      .toSorted((one, other) => (one.inferenceProfileId < other.inferenceProfileId ? -1 : 1));
    const page = rest.slice(0, maxResults);
    const last = page.at(-1);
    const isLastPage = last === undefined || page.length === rest.length;
    return {
      inferenceProfileSummaries: page,
      ...(!isLastPage && { nextToken: idToPageToken(last.inferenceProfileId) }),
    };
  }

  /**
   * Finds any id that the client may call, listed or not. Claude Code and LangChain ask for whatever they are told to use,
   * so models and other resources are found too.
   * @throws BedrockException `ResourceNotFoundException`
   */
  get(identifier: ModelId, client: Client): InferenceProfileSummary {
    const callable = new CallableModels(this.configurations.current, client);
    const called = callable.has(identifier) ? toInferenceProfile(identifier, callable) : undefined;
    const profile =
      called ?? profilesOf(callable).find(({ inferenceProfileId }) => inferenceProfileId === identifier.text);
    if (profile === undefined) throw notFound();
    return profile;
  }
}

/** Each profile once: the table may name it by its id and by its ARN. */
function profilesOf(callable: CallableModels): InferenceProfileSummary[] {
  const profiles = callable.named
    .filter((named) => isInferenceProfile(named))
    .map((named) => toInferenceProfile(named, callable));
  return [...new Map(profiles.map((profile) => [profile.inferenceProfileId, profile])).values()];
}

function notFound(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'Could not resolve the inference profile from the provided identifier.',
  );
}
