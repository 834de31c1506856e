import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { DIALECTS } from '../openai/dialect.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';

const THE_UPSTREAM = 'openai';

/** Model id → target: the one upstream of the environment, asked for the model under the id that the client used. */
@Injectable()
export class UpstreamTargets {
  constructor(private readonly settings: Settings) {}

  resolve(modelId: string): UpstreamTarget {
    const { dialect, toolCallStreaming } = this.settings.upstream;
    return { upstream: THE_UPSTREAM, model: modelId, dialect: DIALECTS[dialect], toolCallStreaming };
  }
}
