import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { ConverseResponse } from '../bedrock/converse/converse-response.js';
import { requireExchange } from '../observability/exchanges.js';
import { EventStreamReply } from '../server/reply.js';
import { IGNORED_PARAMETERS_HEADER, ignoredParametersHeader } from './ignored-parameters.js';
import type { OperationResult } from './operation-result.js';

/** A stream is written down as it goes by. */
type Answer = ConverseResponse | EventStreamReply;

/** Outcome → what Nest sends: the report as headers, then the answer as the body. What it says of itself is written down. */
@Injectable()
export class OperationResultInterceptor implements NestInterceptor<OperationResult<Answer>, Answer> {
  intercept(context: ExecutionContext, next: CallHandler<OperationResult<Answer>>): Observable<Answer> {
    const http = context.switchToHttp();
    const exchange = requireExchange(http.getRequest<IncomingMessage>());
    return next.handle().pipe(
      map(({ answer, report }) => {
        if (report.ignored.length > 0) {
          const header = ignoredParametersHeader(report.ignored);
          http.getResponse<ServerResponse>().setHeader(IGNORED_PARAMETERS_HEADER, header);
        }
        if (!(answer instanceof EventStreamReply)) exchange.recordAnswer(answer);
        return answer;
      }),
    );
  }
}
