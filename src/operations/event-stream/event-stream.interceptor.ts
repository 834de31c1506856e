import type { IncomingMessage } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { Settings } from '../../config/settings.js';
import type { Exchange } from '../../observability/exchange.js';
import { requireExchange } from '../../observability/exchanges.js';
import { EventStreamReply } from '../../server/reply.js';
import type { OperationResult } from '../operation-result.js';
import { resultHeaders } from '../operation-reply.js';
import type { EventFormat } from './event-format.js';
import { EventFrames } from './event-frames.js';
import { keepAliveFrames } from './keep-alive-frames.js';
import type { OpenEvents } from './open-events.js';

/** What the service of a streaming operation returns. */
export interface StreamResult<Event> extends OperationResult<Promise<OpenEvents<Event>>> {
  readonly format: EventFormat<Event>;
}

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
    return next.handle().pipe(mergeMap((result) => this.reply(result, exchange)));
  }

  private async reply(result: StreamResult<object>, exchange: Exchange): Promise<EventStreamReply> {
    const { answer, format } = result;
    const { streamKeepaliveMs: silenceMs } = this.settings;
    const frames =
      silenceMs > 0
        ? await keepAliveFrames(answer, format, { silenceMs, exchange })
        : new EventFrames(await answer, format, exchange);
    return new EventStreamReply(frames, format.contentType, resultHeaders(result));
  }
}
