import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { requireExchange } from '../../observability/exchanges.js';
import { ActiveRequest } from '../../server/load/active-request.js';
import type { ExaminedRequest } from './moderations.js';

/** Injects what is known of a request that calls no model. */
export const CurrentExamination = createParamDecorator(
  (_: undefined, context: ExecutionContext): ExaminedRequest => {
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const { cancellation, answer: answerShare } = ActiveRequest.of(request);
    return { cancellation, answerShare, exchange: requireExchange(request) };
  },
);
