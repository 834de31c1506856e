import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { clientOf } from '../auth/current-client.js';
import type { Client, Limits } from '../config/configuration.js';
import { Settings } from '../config/settings.js';
import { isLimited, Limiter } from '../limits/limiter.js';
import { LimitExceededError } from '../limits/limit-exceeded.error.js';
import { exchangeOf } from '../observability/exchanges.js';
import { discardBody } from '../server/body/discard-body.js';
import { ModelAdmission } from './model-admission.js';
import { readModelId } from './model-id.js';
import { throttlingException } from './retry-later.js';

/** An operation whose body names the model has no `modelId` in its path. */
type OperationRequest = IncomingMessage & { params: { modelId?: string | string[] } };

/**
 * Admits a request before its body is read: to the model that the path names, and within the client's own limits. The
 * model comes first, so that a refused request neither waits nor counts. An operation that finds the model id in the
 * body calls `ModelAdmission` when it has read the body; without a route no operation gets its context.
 */
@Injectable()
export class AdmissionGuard implements CanActivate {
  constructor(
    protected readonly modelAdmission: ModelAdmission,
    private readonly limiter: Limiter,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<OperationRequest>();
    const client = clientOf(request);
    const { modelId } = request.params;
    try {
      if (modelId !== undefined) this.admit(request, client, modelId);
    } catch (error) {
      this.refuse(request, error);
    }
    if (!isLimited(client.limits)) return true;
    return this.acquirePermit(client, http.getResponse()).then(
      () => true,
      (error: unknown) => this.refuse(request, error),
    );
  }

  /** @throws BedrockException */
  protected admit(request: IncomingMessage, client: Client, modelId: string | string[]): void {
    this.modelAdmission.admit(request, client, readModelId(modelId));
  }

  /**
   * The permit is held until the response is closed: the answer is sent, or the client has left.
   * @throws LimitExceededError
   */
  private async acquirePermit(client: Client, response: ServerResponse): Promise<void> {
    const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
    const { key, limits } = this.permitOf(client);
    const release = await this.limiter.acquire(key, limits);
    void closed.then(release);
  }

  /** The limits that apply to the request, and the key under which it counts. */
  protected permitOf({ name, limits }: Client): { key: string; limits: Limits } {
    return { key: `client:${name}`, limits };
  }

  private refuse(request: IncomingMessage, error: unknown): never {
    discardBody(request, this.settings.server.maxBodyBytes);
    if (!(error instanceof LimitExceededError)) throw error;
    exchangeOf(request)?.recordLimit('client');
    throw throttlingException(error.retryAfterMs);
  }
}
