import type { IncomingMessage } from 'node:http';
import { Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { cameInByManagementPort } from './management-port.js';

/** Allows a route on the management port only; on the main port it answers 404. */
@Injectable()
export class ManagementGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (cameInByManagementPort(context.switchToHttp().getRequest<IncomingMessage>())) return true;
    throw new NotFoundException();
  }
}
