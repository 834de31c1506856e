import type { AttemptRecord } from '../observability/attempt-record.js';
import { readSentEvents, type SentEvent } from './server-sent-events.js';

const EVENT_STREAM = /^\s*(?:data|event|id|retry|error)?:/;

/** A call of an upstream, with its answer as text. */
export interface ReadAttempt {
  readonly attempt: AttemptRecord;
  readonly answer: string;
  /** Of a stream. */
  readonly events: readonly SentEvent[] | undefined;
}

export function readAttempt(attempt: AttemptRecord, isStream: boolean): ReadAttempt {
  const { answer = '', parts = [] } = attempt.transcript?.read() ?? {};
  // a call that failed before its stream has an ordinary answer
  const hasEvents = isStream && (attempt.failure === undefined || EVENT_STREAM.test(answer));
  return { attempt, answer, events: hasEvents ? readSentEvents(answer, parts) : undefined };
}
