import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ModelRoute } from '../routing/model-route.js';
import { RequestNote } from '../server/request-note.js';

const admitted = new RequestNote<ModelRoute>();

export function admit(request: IncomingMessage, route: ModelRoute): void {
  admitted.write(request, route);
}

/** The route along which the guard let a request in. */
export const AdmittedRoute = createParamDecorator((_: undefined, context: ExecutionContext): ModelRoute => {
  const route = admitted.of(context.switchToHttp().getRequest<IncomingMessage>());
  if (route === undefined) throw new Error('AdmissionGuard does not guard this operation');
  return route;
});
