import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Exchange } from '../observability/exchange.js';
import { currentExchange } from '../observability/exchanges.js';
import type { AnswerShare } from '../openai/held-bytes.js';
import type { CallTerms } from '../openai/upstream-call.js';
import type { ModelRoute } from '../routing/model-route.js';
import { RequestInFlight } from '../server/load/request-in-flight.js';
import { RequestNote } from '../server/request-note.js';

/** What is known of an admitted request beside its body. */
export interface Passage {
  /** Along which the guard let it in. */
  readonly route: ModelRoute;
  /** Fires when nobody waits for the answer any more. */
  readonly clientGone: CallTerms['signal'];
  /** Where what is held of its answer is counted. */
  readonly answerShare: AnswerShare;
  /** Its record. */
  readonly exchange: Exchange;
}

const admitted = new RequestNote<ModelRoute>();

export function admit(request: IncomingMessage, route: ModelRoute): void {
  admitted.write(request, route);
}

/** One parameter for all of it: Nest makes several promises for each. */
export const CurrentPassage = createParamDecorator((_: undefined, context: ExecutionContext): Passage => {
  const request = context.switchToHttp().getRequest<IncomingMessage>();
  const route = admitted.of(request);
  if (route === undefined) throw new Error('AdmissionGuard does not guard this operation');
  const { abandonment: clientGone, answer: answerShare } = RequestInFlight.of(request);
  return { route, clientGone, answerShare, exchange: currentExchange(request) };
});
