import type { ServerResponse } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** An AbortSignal that fires when the client leaves before it has the whole answer, over HTTP/1.1 or HTTP/2. */
export const ClientGone = createParamDecorator((_: undefined, context: ExecutionContext): AbortSignal => {
  const response = context.switchToHttp().getResponse<ServerResponse>();
  const controller = new AbortController();
  response.once('close', () => {
    // not `writableFinished`, which is true over HTTP/2 even after an abort
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
});
