import { encodeChunks, encodeInvokeException, unknownEventFrame } from '../../bedrock/event-stream/frame.js';
import type { AnswerSummary } from '../../observability/operation-report.js';
import { EVENT_STREAM, type EventFormat } from '../event-stream/event-format.js';
import { METRICS_MEMBER } from './invocation-metrics.js';

/** What is known of a stream once it has ended. Whoever writes the last chunk sets the summary. */
export interface StreamEnding {
  summary?: AnswerSummary;
}

/**
 * How the native chunks of one stream become frames. The last chunk of a stream holds the invocation metrics.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
 */
export function invokeEventFormat(ending: StreamEnding): EventFormat<object> {
  return {
    contentType: EVENT_STREAM,
    encode: encodeChunks,
    hasTimeouts: true,
    encodeException: encodeInvokeException,
    // clients would read a chunk as a part of the answer, but skip events of an unknown type
    keepAlive: () => unknownEventFrame,
    summarize: (chunks) => {
      const last = chunks.at(-1);
      return last !== undefined && METRICS_MEMBER in last ? ending.summary : undefined;
    },
  };
}
