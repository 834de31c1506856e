import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { finishesChoice } from '../../openai/completion.js';
import type { ChunkReader } from './chunk-events.js';

/** An event, and the indexes of the batches of chunks that it was made of. */
export interface EventOrigin<Event> {
  readonly event: Event;
  readonly from: readonly number[];
}

type Batch = readonly ChatCompletionAnswer[];

/**
 * Reads a stream once more, batch by batch → each event with its origin: the batch that completed it, for the end of the
 * message the one with the finish_reason, and for its metadata the one with the usage.
 */
export function eventOrigins<Event extends object>(
  reader: ChunkReader<Event>,
  batches: readonly Batch[],
): EventOrigin<Event>[] {
  const { finish, usage } = endsOf(batches);
  const origins: EventOrigin<Event>[] = [];
  const take = (fromOf: (event: Event) => readonly number[]): void => {
    for (const event of reader.take()) origins.push({ event, from: fromOf(event) });
  };
  const read = (batch: Batch, index: number): void => {
    for (const chunk of batch) reader.read(chunk);
    take(() => [index]);
  };
  try {
    batches.forEach(read);
    reader.end(1);
  } catch {
    // the stream failed, as it did for the client: its events are those so far
  }
  take((event) => ('metadata' in event ? usage : finish));
  return origins;
}

/** The batches that say how the answer ended, and what it cost. */
function endsOf(batches: readonly Batch[]): { finish: readonly number[]; usage: readonly number[] } {
  const indexOf = (is: (chunk: ChatCompletionAnswer) => boolean): number[] => {
    const index = batches.findLastIndex((batch) => batch.some(is));
    return index === -1 ? [] : [index];
  };
  return {
    finish: indexOf((chunk) => finishesChoice(chunk, 0)),
    usage: indexOf(({ usage }) => usage != null),
  };
}
