import type { IncomingMessage, ServerResponse } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { BedrockException, ValidationException } from './bedrock.exception.js';
import type { ErrorFormat } from './error-format.js';
import { writeException } from './write-exception.js';

const NOT_FOUND = 404;
const UNKNOWN_OPERATION = 'The requested operation is not recognized by the service.';
const INTERNAL_ERROR =
  'The system encountered an unexpected error during processing. Try your request again.';
const UNREADABLE_PATH = 'The request cannot be read';

/** Any thrown error → Bedrock's exception, in the format of the API that was called. */
@Catch()
export class BedrockExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(BedrockExceptionFilter.name);

  /** @param adviceFor returns a hint for a method and URL without a route */
  constructor(
    private readonly adviceFor: (method: string, url: string) => string,
    private readonly formats: readonly ErrorFormat[],
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<ServerResponse>();
    const request = http.getRequest<IncomingMessage>();
    const exception = this.toBedrockException(error, request);
    if (response.headersSent) return void response.destroy();
    writeException(request, response, exception, this.formats);
  }

  private toBedrockException(error: unknown, request: IncomingMessage): BedrockException {
    if (error instanceof BedrockException) return error;
    if (error instanceof HttpException) return this.httpToBedrockException(error, request);
    this.logger.error(error);
    return new BedrockException('InternalServerException', INTERNAL_ERROR, { cause: error });
  }

  /** Errors that Nest and Express throw themselves: no route, or a path that cannot be decoded. */
  private httpToBedrockException(
    error: HttpException,
    { method = '', url = '' }: IncomingMessage,
  ): BedrockException {
    const status = error.getStatus();
    if (status === NOT_FOUND) {
      const message = `${UNKNOWN_OPERATION} ${this.adviceFor(method, url)}`;
      return new BedrockException('UnknownOperationException', message);
    }
    // Express's message repeats the path, so the log gets a fixed text
    if (status < 500)
      return new ValidationException(error.message, { cause: error, brokenRule: UNREADABLE_PATH });
    return new BedrockException('InternalServerException', INTERNAL_ERROR, { cause: error });
  }
}
