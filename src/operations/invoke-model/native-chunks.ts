import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent, MetadataEvent } from '../../bedrock/converse/converse-stream-event.js';
import { PieceChunk } from '../../bedrock/event-stream/piece-template.js';
import { SHORT_PIECE_UNITS } from '../../bedrock/event-stream/plain-piece.js';
import type { Exchange } from '../../observability/exchange.js';
import type { NativeStream } from '../../formats/hub-format.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import type { Stopwatch } from '../stopwatch.js';
import { guardrailMembers } from './guardrail-members.js';
import { invocationMetrics, METRICS_MEMBER } from './invocation-metrics.js';
import type { StreamEnding } from './invoke-event-format.js';
import { pieceOf, piecesOf } from './chunk-pieces.js';

type DeltaEvent = Extract<ConverseStreamEvent, { contentBlockDelta: unknown }>;

/** Writes the chunks of one stream, and its metrics into the last of them. */
export class ChunkWriter {
  #stopReason: string | undefined;
  #firstByteMs: number | undefined;

  /** @param exchange says whether a guardrail has examined the stream */
  constructor(
    private readonly stream: NativeStream,
    private readonly stopwatch: Stopwatch,
    private readonly ending: StreamEnding,
    private readonly exchange: Exchange,
  ) {}

  /** @throws BedrockException `ModelStreamErrorException` for an answer that the format has no words for */
  write(events: readonly ConverseStreamEvent[]): object[] {
    const chunks: object[] = [];
    try {
      for (const event of events) this.#add(event, chunks);
    } catch (error) {
      throw toStreamException(error);
    }
    return chunks;
  }

  #add(event: ConverseStreamEvent, chunks: object[]): void {
    if ('contentBlockDelta' in event) this.#addDelta(event, chunks);
    else chunks.push(...this.stream.write(event));
    if ('messageStop' in event) this.#stopReason = event.messageStop.stopReason;
    if (chunks.length > 0) this.#firstByteMs ??= this.stopwatch.elapsedMs();
    if ('metadata' in event) this.#end(event.metadata, chunks);
  }

  #addDelta(event: DeltaEvent, chunks: object[]): void {
    const piece = pieceOf(event.contentBlockDelta.delta);
    const template =
      piece.length <= SHORT_PIECE_UNITS ? this.stream.templateOf?.(event.contentBlockDelta) : undefined;
    if (template !== undefined) {
      chunks.push(new PieceChunk(template, piece));
      return;
    }
    for (const part of piecesOf(event) ?? [event]) chunks.push(...this.stream.write(part));
  }

  #end({ usage, trace }: MetadataEvent, chunks: object[]): void {
    const invocation = this.stopwatch.elapsedMs();
    const metrics = invocationMetrics(usage, { invocation, firstByte: this.#firstByteMs ?? invocation });
    const guarded = guardrailMembers(trace, this.exchange);
    chunks.push({ ...chunks.pop(), ...guarded, [METRICS_MEMBER]: metrics });
    this.ending.summary = { usage, stopReason: this.#stopReason };
  }
}

/** Events → chunks, batch by batch. */
export class NativeChunks extends PullSource<object[]> implements PullSink<ConverseStreamEvent[]> {
  #sink: PullSink<object[]> | undefined;

  constructor(
    private readonly events: PullSource<ConverseStreamEvent[]>,
    private readonly writer: ChunkWriter,
  ) {
    super();
  }

  pull(sink: PullSink<object[]>): void {
    this.#sink = sink;
    this.events.pull(this);
  }

  cancel(): void {
    this.events.cancel();
  }

  next(batch: ConverseStreamEvent[]): void {
    let chunks: object[];
    try {
      chunks = this.writer.write(batch);
    } catch (error) {
      this.events.cancel();
      this.#sink?.error(error);
      return;
    }
    this.#sink?.next(chunks);
  }

  done(): void {
    this.#sink?.done();
  }

  error(error: unknown): void {
    this.#sink?.error(error);
  }
}

/** An answer without words is an error of the model; in a stream it has another name. */
function toStreamException(error: unknown): unknown {
  if (!(error instanceof BedrockException) || error.name !== 'ModelErrorException') return error;
  return new BedrockException('ModelStreamErrorException', error.message, { cause: error });
}
