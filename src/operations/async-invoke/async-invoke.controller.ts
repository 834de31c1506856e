import type { IncomingMessage } from 'node:http';
import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { Client } from '../../config/configuration.js';
import { AdmissionGuard } from '../admission.guard.js';
import { JsonBody } from '../json-body.decorator.js';
import { ModelAdmission } from '../model-admission.js';
import { readModelId } from '../model-id.js';
import { CurrentRequest } from '../operation-context.js';
import { StartAsyncInvokeRequestDto } from './start-async-invoke-request.dto.js';

const NOT_OFFERED =
  'Asynchronous invocations are not offered here: their results are written to Amazon S3, and the proxy keeps neither ' +
  'jobs nor objects. Use InvokeModel, or InvokeModelWithResponseStream.';
const NO_SUCH_INVOCATION =
  'The provided invocation does not exist: asynchronous invocations are not offered here.';

interface ListAsyncInvokesResponse {
  readonly asyncInvokeSummaries: readonly never[];
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_StartAsyncInvoke.html */
@Controller('async-invoke')
export class AsyncInvokeController {
  constructor(private readonly admission: ModelAdmission) {}

  /** A client that may not call the model is told that first. */
  @Post()
  @HttpCode(200)
  @UseGuards(AdmissionGuard)
  startAsyncInvoke(
    @CurrentRequest() message: IncomingMessage,
    @CurrentClient() client: Client,
    @JsonBody() { modelId }: StartAsyncInvokeRequestDto,
  ): never {
    this.admission.admit(message, client, readModelId(modelId));
    throw new ValidationException(NOT_OFFERED);
  }

  @Get()
  listAsyncInvokes(): ListAsyncInvokesResponse {
    return { asyncInvokeSummaries: [] };
  }

  @Get('*invocationArn')
  getAsyncInvoke(): never {
    throw new ValidationException(NO_SUCH_INVOCATION);
  }
}
