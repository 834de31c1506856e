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
import { toInferenceProfile } from './inference-profile.js';
import { idToPageToken, pageTokenToId } from './page-token.js';

/** The model table, as inference profiles. What a client may not call it does not see. */
@Injectable()
export class InferenceProfilesService {
  constructor(private readonly configurations: Configurations) {}

  /**
   * By id, so that the next page goes on behind the last id of this one even when the table has changed.
   * @throws BedrockException `ValidationException` for a token that was not given out
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
   * Any profile that the client may call is there, listed or not.
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

/** The id tells profiles apart: the same one may be in the table as an ARN too. */
function profilesOf(callable: CallableModels): InferenceProfileSummary[] {
  const profiles = callable.named.flatMap((named) => toInferenceProfile(named, callable) ?? []);
  return [...new Map(profiles.map((profile) => [profile.inferenceProfileId, profile])).values()];
}

function notFound(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'Could not resolve the inference profile from the provided identifier.',
  );
}
