import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import { refusedEvents } from '../../translation/stream/refused-events.js';
import { StreamMapper } from '../../translation/stream/stream.mapper.js';
import type { Outcome } from '../outcome.js';
import { Stopwatch } from '../stopwatch.js';
import { refusalOrException } from '../upstream-failure.js';
import { UpstreamTargets } from '../upstream-targets.js';
import { openEvents, type OpenEvents } from './open-events.js';

/** ConverseStream: as Converse, with events in place of an answer. */
@Injectable()
export class ConverseStreamService {
  constructor(
    private readonly targets: UpstreamTargets,
    private readonly requestMapper: RequestMapper,
    private readonly gateway: OpenAIGateway,
    private readonly streamMapper: StreamMapper,
  ) {}

  /**
   * The events resolve when the first is there, so that what fails before is an ordinary error: they reject
   * with a BedrockException until then, and throw an UpstreamError afterwards.
   * @throws BedrockException for whatever is wrong with the request
   */
  converseStream(
    modelId: string,
    request: ConverseRequestDto,
    clientGone: AbortSignal,
  ): Outcome<Promise<OpenEvents>> {
    const stopwatch = new Stopwatch();
    const target = this.targets.resolve(modelId);
    const { params, ignored } = this.requestMapper.map(request, target);
    const events = this.gateway
      .stream(target, params, clientGone)
      .then((chunks) =>
        openEvents(this.streamMapper.map(chunks, request, target, () => stopwatch.elapsedMs())),
      )
      .catch((error: unknown) => refusalOrException(error, () => refusedStream(stopwatch.elapsedMs())));
    return { answer: events, report: { ignored } };
  }
}

function refusedStream(latencyMs: number): OpenEvents {
  return { first: refusedEvents(latencyMs) };
}
