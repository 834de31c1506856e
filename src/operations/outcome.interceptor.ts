import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { ConverseResponse } from '../bedrock/converse/converse-response.js';
import { currentExchange } from '../observability/exchanges.js';
import { EventStreamReply } from '../server/reply.js';
import { IGNORED_PARAMETERS_HEADER, ignoredParametersHeader } from './ignored-parameters.js';
import type { Outcome } from './outcome.js';

/** A stream is written down as it goes by. */
type Answer = ConverseResponse | EventStreamReply;

/** Outcome → what Nest sends: the report as headers, then the answer as the body. What it says of itself is written down. */
@Injectable()
export class OutcomeInterceptor implements NestInterceptor<Outcome<Answer>, Answer> {
  intercept(context: ExecutionContext, next: CallHandler<Outcome<Answer>>): Observable<Answer> {
    const http = context.switchToHttp();
    const exchange = currentExchange(http.getRequest<IncomingMessage>());
    return next.handle().pipe(
      map(({ answer, report }) => {
        if (report.ignored.length > 0) {
          const header = ignoredParametersHeader(report.ignored);
          http.getResponse<ServerResponse>().setHeader(IGNORED_PARAMETERS_HEADER, header);
        }
        if (!(answer instanceof EventStreamReply)) exchange.answer(answer);
        return answer;
      }),
    );
  }
}
