import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Client } from '../config/configuration.js';
import { RequestAttachment } from '../server/fast-path/request-attachment.js';

/** Who calls where no client is configured. */
const ANONYMOUS: Client = { name: 'anybody', models: ['*'], limits: {} };

const admitted = new RequestAttachment<Client>();

export function setClient(request: IncomingMessage, client: Client): void {
  admitted.set(request, client);
}

/** The client that the guard let in. */
export function clientOf(request: IncomingMessage): Client {
  return admitted.get(request) ?? ANONYMOUS;
}

/** The client that the guard let in, as a parameter of a handler. */
export const CurrentClient = createParamDecorator((_: undefined, context: ExecutionContext): Client =>
  clientOf(context.switchToHttp().getRequest<IncomingMessage>()),
);
