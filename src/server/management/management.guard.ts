import type { IncomingMessage } from 'node:http';
import { Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { cameInByManagementPort } from './management-port.js';

/** For what operators alone may see: on the main port there is no such path. */
@Injectable()
export class ManagementGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (cameInByManagementPort(context.switchToHttp().getRequest<IncomingMessage>())) return true;
    throw new NotFoundException();
  }
}
