import type { IncomingMessage } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { Settings } from '../../config/settings.js';
import type { Exchange } from '../../observability/exchange.js';
import { currentExchange } from '../../observability/exchanges.js';
import { EventStreamReply } from '../../server/reply.js';
import type { Outcome } from '../outcome.js';
import { EventFrames } from './event-frames.js';
import { keptAliveFrames } from './kept-alive-frames.js';
import type { OpenEvents } from './open-events.js';

/** Events → an event stream, once it is known how the answer begins. */
@Injectable()
export class EventStreamInterceptor implements NestInterceptor<
  Outcome<Promise<OpenEvents>>,
  Outcome<EventStreamReply>
> {
  constructor(private readonly settings: Settings) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<Outcome<Promise<OpenEvents>>>,
  ): Observable<Outcome<EventStreamReply>> {
    const exchange = currentExchange(context.switchToHttp().getRequest<IncomingMessage>());
    exchange.isStream = true;
    return next
      .handle()
      .pipe(mergeMap(async ({ answer, report }) => ({ answer: await this.reply(answer, exchange), report })));
  }

  private async reply(opening: Promise<OpenEvents>, exchange: Exchange): Promise<EventStreamReply> {
    const { streamKeepaliveMs } = this.settings;
    const frames =
      streamKeepaliveMs > 0
        ? await keptAliveFrames(opening, streamKeepaliveMs, exchange)
        : new EventFrames(await opening, exchange);
    return new EventStreamReply(frames);
  }
}
