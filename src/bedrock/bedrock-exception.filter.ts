import type { ServerResponse } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { BedrockException, ValidationException } from './bedrock.exception.js';
import { writeException } from './write-exception.js';

const NOT_FOUND = 404;
const INTERNAL_ERROR =
  'The system encountered an unexpected error during processing. Try your request again.';

/** Any thrown error → a Bedrock error on the wire. */
@Catch()
export class BedrockExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(BedrockExceptionFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    const exception = this.toBedrockException(error);
    if (response.headersSent) return void response.destroy();
    writeException(response, exception);
  }

  private toBedrockException(error: unknown): BedrockException {
    if (error instanceof BedrockException) return error;
    if (error instanceof HttpException) return httpToBedrockException(error);
    this.logger.error(error);
    return new BedrockException('InternalServerException', INTERNAL_ERROR, { cause: error });
  }
}

/** What Nest and Express throw themselves: no route, or a path that cannot be decoded. */
function httpToBedrockException(error: HttpException): BedrockException {
  const status = error.getStatus();
  if (status === NOT_FOUND) {
    return new BedrockException(
      'UnknownOperationException',
      'The requested operation is not recognized by the service.',
    );
  }
  if (status < 500) return new ValidationException(error.message, error);
  return new BedrockException('InternalServerException', INTERNAL_ERROR, { cause: error });
}
