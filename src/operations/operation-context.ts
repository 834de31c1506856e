import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Exchange } from '../observability/exchange.js';
import { requireExchange } from '../observability/exchanges.js';
import type { AnswerShare } from '../openai/held-bytes.js';
import type { ModelRoute } from '../routing/model-route.js';
import { ActiveRequest } from '../server/load/active-request.js';
import { RequestAttachment } from '../server/request-attachment.js';
import type { Cancellation } from '../streaming/cancellation.js';

/** What is known of an admitted request beside its body. */
export interface OperationContext {
  /** Along which the guard let it in. */
  readonly route: ModelRoute;
  /** Happens when nobody waits for the answer any more. */
  readonly cancellation: Cancellation;
  /** Where what is held of its answer is counted. */
  readonly answerShare: AnswerShare;
  /** Its record. */
  readonly exchange: Exchange;
}

const admitted = new RequestAttachment<ModelRoute>();

export function setRoute(request: IncomingMessage, route: ModelRoute): void {
  admitted.set(request, route);
}

/** One parameter for all of it: Nest makes several promises for each. */
export const CurrentContext = createParamDecorator(
  (_: undefined, context: ExecutionContext): OperationContext => {
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const route = admitted.get(request);
    if (route === undefined) throw new Error('AdmissionGuard does not guard this operation');
    const { cancellation, answer: answerShare } = ActiveRequest.of(request);
    return { route, cancellation, answerShare, exchange: requireExchange(request) };
  },
);
