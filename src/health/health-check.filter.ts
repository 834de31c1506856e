import type { ServerResponse } from 'node:http';
import { Catch, ServiceUnavailableException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';

/** A failed check answers with its report, not with a Bedrock error: probes and people read it. */
@Catch(ServiceUnavailableException)
export class HealthCheckFilter implements ExceptionFilter<ServiceUnavailableException> {
  catch(error: ServiceUnavailableException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    response.statusCode = error.getStatus();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(error.getResponse()));
  }
}
