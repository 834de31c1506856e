import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ModelRoute } from '../routing/model-route.js';

const admitted = new WeakMap<IncomingMessage, ModelRoute>();

export function admit(request: IncomingMessage, route: ModelRoute): void {
  admitted.set(request, route);
}

/** The route along which the guard let a request in. */
export const AdmittedRoute = createParamDecorator((_: undefined, context: ExecutionContext): ModelRoute => {
  const route = admitted.get(context.switchToHttp().getRequest<IncomingMessage>());
  if (route === undefined) throw new Error('AdmissionGuard does not guard this operation');
  return route;
});
