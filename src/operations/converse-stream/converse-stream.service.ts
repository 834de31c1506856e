import { Injectable } from '@nestjs/common';
import { OpenAIGateway } from '../../openai/openai.gateway.js';
import { refusedEvents } from '../../translation/response/refused-answer.js';
import { StreamMapper } from '../../translation/stream/stream.mapper.js';
import { type Attempt, TargetFailover, type ConverseContext } from '../target-failover.js';
import { answerForContentRefusal } from '../content-refusal.js';
import type { OperationResult } from '../operation-result.js';
import { withPromptRouterTrace } from '../prompt-router.js';
import { Stopwatch } from '../stopwatch.js';
import { openEvents, type OpenEvents } from './open-events.js';

/** ConverseStream: as Converse, with events in place of an answer. */
@Injectable()
export class ConverseStreamService {
  constructor(
    private readonly attempts: TargetFailover,
    private readonly gateway: OpenAIGateway,
    private readonly streamMapper: StreamMapper,
  ) {}

  /**
   * The events resolve when the first is there, so that what fails before is an ordinary error, or another
   * target's turn: they reject with a BedrockException until then, and throw an UpstreamError afterwards.
   */
  converseStream(journey: ConverseContext): OperationResult<Promise<OpenEvents>> {
    const { route, request } = journey;
    const stopwatch = new Stopwatch();
    const elapsedMs = (): number => stopwatch.elapsedMs();
    return this.attempts.run(journey, ({ target, params, terms }: Attempt) =>
      this.gateway
        .stream(target, params, terms)
        .then((chunks) => this.streamMapper.map(chunks, request, target, { elapsedMs, share: terms.share }))
        .then((events) => openEvents(withPromptRouterTrace(events, route, target)))
        .catch((error: unknown) => answerForContentRefusal(error, () => refusedStream(elapsedMs()))),
    );
  }
}

function refusedStream(latencyMs: number): OpenEvents {
  return { first: refusedEvents(latencyMs) };
}
