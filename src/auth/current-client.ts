import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Client } from '../config/configuration.js';
import { RequestAttachment } from '../server/fast-path/request-attachment.js';

/** The client of every request when no clients are configured. */
const ANONYMOUS: Client = { name: 'anybody', models: ['*'], limits: {} };

const authenticatedClient = new RequestAttachment<Client>();

export function setClient(request: IncomingMessage, client: Client): void {
  authenticatedClient.set(request, client);
}

/** The client that AuthGuard authenticated. */
export function clientOf(request: IncomingMessage): Client {
  return authenticatedClient.get(request) ?? ANONYMOUS;
}

/** Parameter decorator for the client that AuthGuard authenticated. */
export const CurrentClient = createParamDecorator((_: undefined, context: ExecutionContext): Client =>
  clientOf(context.switchToHttp().getRequest<IncomingMessage>()),
);
