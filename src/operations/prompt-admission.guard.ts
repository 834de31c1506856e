import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Client } from '../config/configuration.js';
import { AdmissionGuard } from './admission.guard.js';
import { readModelOrPromptId } from './model-id.js';

/** Admits a request for an operation that takes prompts in place of models. */
@Injectable()
export class PromptAdmissionGuard extends AdmissionGuard {
  /** @throws BedrockException */
  protected override admit(request: IncomingMessage, client: Client, modelId: string | string[]): void {
    this.modelAdmission.admitModelOrPrompt(request, client, readModelOrPromptId(modelId));
  }
}
