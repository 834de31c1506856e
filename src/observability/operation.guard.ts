import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { isPublic } from '../server/public.decorator.js';
import { exchangeOf, Exchanges } from './exchanges.js';

/** Records the operation of a request before another guard may refuse it. It never refuses a request itself. */
@Injectable()
export class OperationGuard implements CanActivate {
  constructor(private readonly exchanges: Exchanges) {}

  canActivate(context: ExecutionContext): boolean {
    const exchange = exchangeOf(context.switchToHttp().getRequest<IncomingMessage>());
    if (exchange === undefined) return true;
    if (isPublic(context)) this.exchanges.drop(exchange);
    exchange.operation = context.getHandler().name;
    return true;
  }
}
