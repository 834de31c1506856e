import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Client } from '../config/configuration.js';
import { RequestNote } from '../server/request-note.js';

/** Who calls where no client is configured. */
const ANYBODY: Client = { name: 'anybody', models: ['*'], limits: {} };

const admitted = new RequestNote<Client>();

export function admit(request: IncomingMessage, client: Client): void {
  admitted.write(request, client);
}

/** The client that the guard let in. */
export function admittedClient(request: IncomingMessage): Client {
  return admitted.of(request) ?? ANYBODY;
}

/** The client that the guard let in, as a parameter of a handler. */
export const AdmittedClient = createParamDecorator((_: undefined, context: ExecutionContext): Client =>
  admittedClient(context.switchToHttp().getRequest<IncomingMessage>()),
);
