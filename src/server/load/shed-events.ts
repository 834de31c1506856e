import { Injectable } from '@nestjs/common';
import { BedrockException } from '../../bedrock/bedrock.exception.js';

/**
 * Why a request is turned away: by the number of others, by their bodies or their answers, because the process cannot
 * keep up, or goes.
 */
export type ShedReason =
  'in_flight' | 'body_bytes' | 'answer_bytes' | 'event_loop' | 'heap' | 'shutting_down';

/** At the door nobody else has heard of the request; with its body or its answer, it is one of those in flight. */
export type ShedStage = 'door' | 'body' | 'answer';

type Observer = (reason: ShedReason, place: ShedStage) => void;

/** Soon enough for a peak to be felt as slowness; SDKs add a jitter of their own. */
const RETRY_AFTER_MS = 1_000;

/** One for all: making an error costs more than saying no. */
const OVERLOADED = new BedrockException(
  'ServiceUnavailableException',
  'Bedrock is unable to process your request.',
  {
    headers: { 'retry-after': String(RETRY_AFTER_MS / 1_000), 'x-amz-retry-after': String(RETRY_AFTER_MS) },
  },
);

/** Tells whoever wants to know that a request was turned away. */
@Injectable()
export class ShedEvents {
  readonly #observers = new Set<Observer>();

  /** @returns what ends the observing */
  observe(observer: Observer): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** @returns what the client hears */
  refuse(reason: ShedReason, place: ShedStage): BedrockException {
    for (const observer of this.#observers) observer(reason, place);
    return OVERLOADED;
  }
}
