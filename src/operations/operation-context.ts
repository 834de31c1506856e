import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Exchange } from '../observability/exchange.js';
import { requireExchange } from '../observability/exchanges.js';
import type { AnswerShare } from '../openai/held-bytes.js';
import type { ModelRoute } from '../routing/model-route.js';
import { ActiveRequest } from '../server/load/active-request.js';
import { RequestAttachment } from '../server/fast-path/request-attachment.js';
import type { Cancellation } from '../streaming/cancellation.js';

/** What is known of an admitted request, apart from its body. */
export interface OperationContext {
  /** The route of its model, as `ModelAdmission` found it. */
  readonly route: ModelRoute;
  /** Happens when nobody waits for the answer any more: the client left, or the process stops. */
  readonly cancellation: Cancellation;
  /** Counts the bytes of the answer that are held in memory. */
  readonly answerShare: AnswerShare;
  /** The record of the request. */
  readonly exchange: Exchange;
}

const routes = new RequestAttachment<ModelRoute>();

export function setRoute(request: IncomingMessage, route: ModelRoute): void {
  routes.set(request, route);
}

/** The context of a request that `ModelAdmission` has admitted. */
export function contextOf(request: IncomingMessage): OperationContext {
  const route = routes.get(request);
  if (route === undefined) throw new Error('ModelAdmission has not admitted this request');
  const { cancellation, answer: answerShare } = ActiveRequest.of(request);
  return { route, cancellation, answerShare, exchange: requireExchange(request) };
}

/** Injects the context. It is one parameter because Nest makes several promises for each parameter. */
export const CurrentContext = createParamDecorator((_: undefined, context: ExecutionContext) =>
  contextOf(context.switchToHttp().getRequest<IncomingMessage>()),
);

/** Injects the request itself, for operations that find the model id in the body. */
export const CurrentRequest = createParamDecorator((_: undefined, context: ExecutionContext) =>
  context.switchToHttp().getRequest<IncomingMessage>(),
);
