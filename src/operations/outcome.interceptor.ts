import type { ServerResponse } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { IGNORED_PARAMETERS_HEADER, ignoredParametersHeader } from './ignored-parameters.js';
import type { Outcome } from './outcome.js';

/** Outcome → what Nest sends: the report as headers, then the answer as the body. */
@Injectable()
export class OutcomeInterceptor<Answer> implements NestInterceptor<Outcome<Answer>, Answer> {
  intercept(context: ExecutionContext, next: CallHandler<Outcome<Answer>>): Observable<Answer> {
    return next.handle().pipe(
      map(({ answer, report }) => {
        const response = context.switchToHttp().getResponse<ServerResponse>();
        if (report.ignored.length > 0) {
          response.setHeader(IGNORED_PARAMETERS_HEADER, ignoredParametersHeader(report.ignored));
        }
        return answer;
      }),
    );
  }
}
