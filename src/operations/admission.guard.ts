import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { clientOf } from '../auth/current-client.js';
import { modelNotAllowed, AuthFailure } from '../auth/auth-failure.js';
import { BedrockException } from '../bedrock/bedrock.exception.js';
import type { ModelId } from '../bedrock/model-id.js';
import { Configurations, type Client, type Configuration } from '../config/configuration.js';
import { Settings } from '../config/settings.js';
import { isLimited, Limiter } from '../limits/limiter.js';
import { LimitExceededError } from '../limits/limit-exceeded.error.js';
import { exchangeOf } from '../observability/exchanges.js';
import type { ModelRoute } from '../routing/model-route.js';
import { mayCall, namedModels, resolveRoute } from '../routing/model-router.js';
import { discardBody } from '../server/body/discard-body.js';
import { setRoute } from './operation-context.js';
import { readModelId } from './model-id.js';
import { throttlingException } from './retry-later.js';

const MAX_NAMED_MODELS = 20;

type RoutedRequest = IncomingMessage & { params: { modelId: string | string[] } };

/** Whether a client may go where it wants, and has room for one more request: decided before the body is read. */
@Injectable()
export class AdmissionGuard implements CanActivate {
  constructor(
    private readonly configurations: Configurations,
    private readonly limiter: Limiter,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<RoutedRequest>();
    const client = clientOf(request);
    try {
      const modelId = readModelId(request.params.modelId);
      exchangeOf(request)?.setModelId(modelId.text);
      const route = this.route(modelId, client);
      exchangeOf(request)?.setRule(route.rule.match);
      setRoute(request, route);
    } catch (error) {
      this.turnAway(request, error);
    }
    if (!isLimited(client.limits)) return true;
    return this.enter(client, http.getResponse()).then(
      () => true,
      (error: unknown) => this.turnAway(request, error),
    );
  }

  private turnAway(request: IncomingMessage, error: unknown): never {
    if (error instanceof AuthFailure) exchangeOf(request)?.recordRefusal(error.reason);
    discardBody(request, this.settings.server.maxBodyBytes);
    if (!(error instanceof LimitExceededError)) throw error;
    exchangeOf(request)?.recordLimit('client');
    throw throttlingException(error.retryAfterMs);
  }

  /** Refuses in this order, so that who may not call a model does not learn whether there is one. */
  private route(modelId: ModelId, client: Client): ModelRoute {
    const { current } = this.configurations;
    const route = resolveRoute(modelId, current);
    if (!mayCall(client.models, modelId, route?.rule)) throw modelNotAllowed(client.name, modelId.text);
    if (route === undefined) throw unknownModel(client, current);
    return route;
  }

  /**
   * The request counts as one that is under way until its answer is out, or its client has left.
   * @throws OverLimitError
   */
  private async enter(client: Client, response: ServerResponse): Promise<void> {
    const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
    const leave = await this.limiter.acquire(`client:${client.name}`, client.limits);
    void closed.then(leave);
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
