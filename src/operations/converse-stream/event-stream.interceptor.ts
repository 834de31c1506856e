import type { IncomingMessage } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { Settings } from '../../config/settings.js';
import type { Exchange } from '../../observability/exchange.js';
import { requireExchange } from '../../observability/exchanges.js';
import { EventStreamReply } from '../../server/reply.js';
import type { OperationResult } from '../operation-result.js';
import { EventFrames } from './event-frames.js';
import { keepAliveFrames } from './keep-alive-frames.js';
import type { OpenEvents } from './open-events.js';

/** Events → an event stream, once it is known how the answer begins. */
@Injectable()
export class EventStreamInterceptor implements NestInterceptor<
  OperationResult<Promise<OpenEvents>>,
  OperationResult<EventStreamReply>
> {
  constructor(private readonly settings: Settings) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<OperationResult<Promise<OpenEvents>>>,
  ): Observable<OperationResult<EventStreamReply>> {
    const exchange = requireExchange(context.switchToHttp().getRequest<IncomingMessage>());
    exchange.isStream = true;
    return next
      .handle()
      .pipe(mergeMap(async ({ answer, report }) => ({ answer: await this.reply(answer, exchange), report })));
  }

  private async reply(opening: Promise<OpenEvents>, exchange: Exchange): Promise<EventStreamReply> {
    const { streamKeepaliveMs } = this.settings;
    const frames =
      streamKeepaliveMs > 0
        ? await keepAliveFrames(opening, streamKeepaliveMs, exchange)
        : new EventFrames(await opening, exchange);
    return new EventStreamReply(frames);
  }
}
