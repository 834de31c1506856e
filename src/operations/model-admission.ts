import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { modelNotAllowed } from '../auth/auth-failure.js';
import { BedrockException } from '../bedrock/bedrock.exception.js';
import type { ModelId } from '../bedrock/model-id.js';
import { validated } from '../bedrock/validation/validation.pipe.js';
import { Configurations, type Client, type Configuration } from '../config/configuration.js';
import { requireExchange } from '../observability/exchanges.js';
import { mayCall, namedModels, resolveRoute } from '../routing/model-router.js';
import { promptReference } from '../routing/prompts.js';
import { readModelId } from './model-id.js';
import { NamedModelDto } from './named-model.dto.js';
import { contextOf, type OperationContext, setRoute } from './operation-context.js';
import { promptRoute } from './prompt-route.js';
import { refused } from './refused.js';

const MAX_NAMED_MODELS = 20;

/**
 * Decides whether a client may call a model. Every operation comes through here, as soon as it knows the model id: from
 * the path, or from the body.
 */
@Injectable()
export class ModelAdmission {
  constructor(private readonly configurations: Configurations) {}

  /**
   * Finds the route of the model and attaches it to the request. The permission is checked before the existence of the
   * model, so that a client does not learn about models that it may not call.
   * @throws AuthFailure when the client may not call the model
   * @throws BedrockException `ResourceNotFoundException` when no rule routes the model
   */
  admit(request: IncomingMessage, client: Client, modelId: ModelId): void {
    const { current } = this.configurations;
    const exchange = requireExchange(request);
    exchange.setModelId(modelId.text);
    const route = resolveRoute(modelId, current);
    if (!mayCall(client.models, modelId, route?.rule)) {
      throw refused(modelNotAllowed(client.name, modelId.text), exchange);
    }
    if (route === undefined) throw unknownModel(client, current);
    exchange.setRule(route.rule.match);
    setRoute(request, route);
  }

  /**
   * `admit` for an operation that takes prompts. The client must be allowed to use the prompt, and to call its model; the
   * route is that of the model.
   * @throws AuthFailure when the client may not use the prompt or call its model
   * @throws BedrockException `ResourceNotFoundException` when there is no such prompt, and as `admit`
   */
  admitModelOrPrompt(request: IncomingMessage, client: Client, modelId: ModelId): void {
    const { current } = this.configurations;
    const reference = promptReference(modelId, current);
    if (reference === undefined) return this.admit(request, client, modelId);
    const exchange = requireExchange(request);
    exchange.setModelId(modelId.text);
    setRoute(request, promptRoute(reference, { name: modelId.text, client, exchange, current }));
  }

  /**
   * `admit` for an operation whose body has a member `model`. Nothing else in the body is checked before.
   * @throws ValidationException when no model can have the id, and as `admit`
   */
  admitNamed(request: IncomingMessage, client: Client, body: unknown): OperationContext {
    const { model } = validated(NamedModelDto, body);
    this.admit(request, client, readModelId(model));
    return contextOf(request);
  }
}

function unknownModel({ models }: Client, configuration: Configuration): BedrockException {
  const named = namedModels(models, configuration);
  const shown = named.slice(0, MAX_NAMED_MODELS).join(', ');
  const more = named.length > MAX_NAMED_MODELS ? ` and ${named.length - MAX_NAMED_MODELS} more` : '';
  const hint = named.length > 0 ? ` Models that you may call: ${shown}${more}.` : '';
  return new BedrockException(
    'ResourceNotFoundException',
    `Could not resolve the foundation model from the provided model identifier.${hint}`,
  );
}
