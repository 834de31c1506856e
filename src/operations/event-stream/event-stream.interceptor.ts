import type { IncomingMessage } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { Settings } from '../../config/settings.js';
import { requireExchange } from '../../observability/exchanges.js';
import type { EventStreamReply } from '../../server/reply.js';
import { streamToReply, type StreamResult } from './stream-reply.js';

/** The result of a streaming operation → the event stream that is sent, once the first event is known. */
@Injectable()
export class EventStreamInterceptor implements NestInterceptor<StreamResult<object>, EventStreamReply> {
  constructor(private readonly settings: Settings) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<StreamResult<object>>,
  ): Observable<EventStreamReply> {
    const exchange = requireExchange(context.switchToHttp().getRequest<IncomingMessage>());
    exchange.isStream = true;
    return next.handle().pipe(mergeMap((result) => streamToReply(result, exchange, this.settings)));
  }
}
