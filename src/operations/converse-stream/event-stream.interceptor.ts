import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { Settings } from '../../config/settings.js';
import { EventStreamReply } from '../../server/reply.js';
import type { Outcome } from '../outcome.js';
import { eventFrames } from './event-frames.js';
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
    _context: ExecutionContext,
    next: CallHandler<Outcome<Promise<OpenEvents>>>,
  ): Observable<Outcome<EventStreamReply>> {
    return next.handle().pipe(
      mergeMap(async ({ answer, report }) => ({
        answer: new EventStreamReply(await this.frames(answer)),
        report,
      })),
    );
  }

  private async frames(opening: Promise<OpenEvents>): Promise<AsyncIterable<Buffer>> {
    const { streamKeepaliveMs } = this.settings;
    return streamKeepaliveMs > 0 ? keptAliveFrames(opening, streamKeepaliveMs) : eventFrames(await opening);
  }
}
