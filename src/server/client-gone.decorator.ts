import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RequestInFlight } from './load/request-in-flight.js';

/**
 * An AbortSignal that fires when nobody waits for the answer any more: the client has left before it had the whole,
 * over HTTP/1.1 or HTTP/2, or the process goes and may wait no longer.
 */
export const ClientGone = createParamDecorator(
  (_: undefined, context: ExecutionContext): AbortSignal =>
    RequestInFlight.of(context.switchToHttp().getRequest<IncomingMessage>()).abandoned,
);
