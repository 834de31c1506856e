import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Abandonment } from './abandonment.js';
import { RequestInFlight } from './load/request-in-flight.js';

/** Fires when nobody waits for the answer any more. */
export const ClientGone = createParamDecorator(
  (_: undefined, context: ExecutionContext): Abandonment =>
    RequestInFlight.of(context.switchToHttp().getRequest<IncomingMessage>()).abandonment,
);
