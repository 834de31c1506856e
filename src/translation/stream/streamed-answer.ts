import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent, MessageStopEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from '../../openai/chat-completion.js';
import { unusable } from '../../openai/upstream.error.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { additionalResponseFields } from '../response/additional-fields.js';
import { failedFinish } from '../response/failed-finish.js';
import { objectOf, asObject } from '../json-value.js';
import { ReplayData } from '../response/replay-data.js';
import { declaredToolName, declaredToolNames, isDeclaredName } from '../response/tool-name.js';
import { ToolUseIds } from '../response/tool-use-id.js';
import type { ChunkReader } from './chunk-events.js';
import { CompletionAccumulator } from './completion-accumulator.js';
import { BlockSequencer } from './block-sequencer.js';
import { textDeltas, isPlainText } from './text-deltas.js';
import { Finish } from './finish.js';
import { MessageEvents } from './message-events.js';
import { toolCallDeltas } from './tool-call-delta.js';
import { ToolCallIdentity } from './tool-call-identity.js';
import type { StreamedToolCall } from './streamed-tool-call.js';
import { StreamTotals } from './stream-totals.js';

/** A JavaScript string takes at most two bytes per character (UTF-16 unit). */
const BYTES_PER_CHARACTER = 2;

/** One streamed answer: reads chat completion chunks and produces ConverseStream events. */
export class StreamedAnswer implements ChunkReader<ConverseStreamEvent> {
  private readonly replayData = new ReplayData();
  private readonly totals = new StreamTotals();
  private readonly declared: readonly string[];
  private readonly toolUseIds: ToolUseIds;
  private readonly finish: Finish;
  private readonly accumulator?: CompletionAccumulator;
  private readonly message: MessageEvents;
  private readonly content: BlockSequencer;
  private readonly identity: ToolCallIdentity;

  constructor(
    private readonly request: ConverseRequestDto,
    private readonly target: UpstreamTarget,
    newToolUseId: () => string,
  ) {
    this.declared = declaredToolNames(request);
    this.toolUseIds = new ToolUseIds(newToolUseId);
    this.finish = new Finish(request.inferenceConfig?.stopSequences ?? []);
    this.accumulator = CompletionAccumulator.of(request.additionalModelResponseFieldPaths);
    this.message = new MessageEvents(
      (field) => this.replayData.takeSignature(target, field),
      () => this.replayData.needsSignature(target),
    );
    this.content = new BlockSequencer(this.message, this, target.upstream.toolCallStreaming === 'buffered');
    this.identity = new ToolCallIdentity((name) => isDeclaredName(name, this.declared));
  }

  /** @throws UpstreamError when the chunk reports a failure of the model, or the answer grows beyond what may be kept. */
  read(chunk: ChatCompletionAnswer): void {
    if (asObject(chunk) === undefined) return;
    const choice = firstChoice(chunk);
    const failure = failedFinish(chunk, choice);
    if (failure !== undefined) {
      // an error after finish_reason does not invalidate the finished answer
      if (this.finish.seen) return;
      throw failure;
    }
    this.totals.read(chunk);
    this.accumulator?.read(chunk, choice);
    if (choice === undefined) return;
    this.finish.read(chunk, choice);
    const delta = asObject(choice.delta) ?? asObject(choice.message);
    if (delta !== undefined) this.readDelta(delta);
    if (this.finish.seen) this.message.start();
  }

  /** Memory held by content that no event carries yet. */
  get keptBytes(): number {
    const kept = this.content.keptCharacters + this.replayData.keptCharacters;
    return BYTES_PER_CHARACTER * (kept + (this.accumulator?.keptCharacters ?? 0));
  }

  /**
   * Ends the message when the upstream's stream has ended. `latencyMs` is in milliseconds.
   * @throws UpstreamError when no finish_reason came, or a tool call is malformed
   */
  end(latencyMs: number): void {
    if (!this.finish.seen) {
      throw unusable('The stream ended without a finish_reason');
    }
    this.content.finish(this.finish.isCut);
    this.message.end(this.messageStop(), this.totals.metadata(this.request, this.target, latencyMs));
  }

  /** The events produced since the last call. */
  take(): ConverseStreamEvent[] {
    return this.message.take();
  }

  idOf(call: StreamedToolCall): string {
    return (call.toolUseId ??= this.toolUseIds.claim(call.id));
  }

  nameOf(call: StreamedToolCall): string {
    return declaredToolName(call.name, this.declared);
  }

  private readDelta(delta: MessageAnswer): void {
    if (delta.reasoning_details != null || delta.thinking_blocks != null) this.replayData.collectDelta(delta);
    if (delta.tool_calls == null && delta.function_call == null) {
      this.readText(delta);
      return;
    }
    // calls are read before the text is written: the signature of the reasoning includes their thought signatures
    const calls = toolCallDeltas(delta).map((toolCall) => {
      const call = this.identity.callOf(toolCall);
      if (toolCall.source.extra_content != null) {
        this.replayData.collectToolCall(this.idOf(call), toolCall.source);
      }
      return call;
    });
    this.readText(delta);
    for (const call of calls) this.content.toolCall(call);
  }

  private readText(delta: MessageAnswer): void {
    // fast path: nearly every chunk holds only a piece of text
    if (isPlainText(delta)) {
      this.content.text(delta.content);
      return;
    }
    for (const { text, field } of textDeltas(delta)) this.content.text(text, field);
  }

  private messageStop(): MessageStopEvent {
    const { hasText, hasToolUse } = this.message;
    const stopReason = this.finish.stopReason({
      hasText,
      hasToolUse,
      malformedToolUse: this.content.hasDroppedCall,
    });
    const fields = this.additionalFields();
    return { stopReason, ...(fields && { additionalModelResponseFields: fields }) };
  }

  private additionalFields(): Record<string, unknown> | undefined {
    const paths = this.request.additionalModelResponseFieldPaths ?? [];
    if (paths.length === 0) return undefined;
    const completion = this.accumulator?.completion ?? {};
    return additionalResponseFields(paths, completion, this.finish.matchedStop ?? null);
  }
}

/** The choice of index 0: the proxy never asks for more. The first chunk of Azure has no choice. */
function firstChoice({ choices }: ChatCompletionAnswer): ChoiceAnswer | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.find((choice) => objectOf(choice) !== undefined && (choice.index ?? 0) === 0);
}
