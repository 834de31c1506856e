import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { BedrockValidationPipe } from '../bedrock/validation/validation.pipe.js';
import { JsonBodyPipe } from '../server/body/json-body.pipe.js';

const RequestOf = createParamDecorator((_: undefined, context: ExecutionContext): IncomingMessage =>
  context.switchToHttp().getRequest<IncomingMessage>(),
);

/** Injects the body as JSON, validated against the DTO class of the parameter. */
export const JsonBody = (): ParameterDecorator => RequestOf(JsonBodyPipe, BedrockValidationPipe);
