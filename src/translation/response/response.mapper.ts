import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse, OutputContentBlock } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from '../../openai/chat-completion.js';
import { unusable } from '../../openai/upstream.error.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { TranslationOptions } from '../translation.options.js';
import { additionalResponseFields } from './additional-fields.js';
import { AnswerProvenance } from './answer-provenance.js';
import { messageToContentBlocks } from './content.js';
import { echoedPerformanceConfig, echoedTier } from './echo.js';
import { failedFinish } from './failed-finish.js';
import { objectOf, asObject } from '../json-value.js';
import type { Origin } from '../origins.js';
import { refusedAnswer, wholeMilliseconds } from './refused-answer.js';
import { ReplayData } from './replay-data.js';
import { finishReasonToStopReason, isCutFinish, matchedStopSequence } from './stop-reason.js';
import { declaredToolNames } from './tool-name.js';
import { toolCallsToToolUses, type ToolUses } from './tool-use.js';
import { ToolUseIds } from './tool-use-id.js';
import { usageToTokenUsage } from './usage.js';

/** Chat completion → ConverseResponse. */
@Injectable()
export class ResponseMapper {
  /** Only where a translation is repeated for the inspector. */
  private provenance: AnswerProvenance | undefined;

  constructor(private readonly options: TranslationOptions) {}

  /**
   * Every member of the answer is type-checked, and unreadable ones are skipped. `latencyMs` is in milliseconds.
   * @throws UpstreamError `status` when the model stopped with an error, `unusable` when the answer is not a completion
   */
  map(
    answer: ChatCompletionAnswer,
    request: ConverseRequestDto,
    target: UpstreamTarget,
    latencyMs: number,
  ): ConverseResponse {
    const completion = asObject(answer) ?? {};
    const choice = firstChoice(completion);
    const failure = failedFinish(completion, choice);
    if (failure !== undefined) throw failure;
    if (choice === undefined) return answerWithoutChoice(completion, latencyMs);

    const message = asObject(choice.message) ?? {};
    const { content, malformed } = this.content(message, choice, request, target);
    const stopSequence = matchedStopSequence(choice, request.inferenceConfig?.stopSequences ?? []);
    const stopReason = finishReasonToStopReason({
      finishReason: choice.finish_reason,
      nativeFinishReason: choice.native_finish_reason,
      matchedStop: stopSequence,
      hasToolUse: content.some((block) => 'toolUse' in block),
      hasText: content.some((block) => 'text' in block),
      malformedToolUse: malformed,
    });
    const paths = request.additionalModelResponseFieldPaths;
    const fields = additionalResponseFields(paths, completion, stopSequence ?? null);
    this.provenance?.end(choice, paths ?? []);
    const performanceConfig = echoedPerformanceConfig(request, target);
    const serviceTier = echoedTier(request, completion, target);
    return {
      output: { message: { role: 'assistant', content } },
      stopReason,
      usage: usageToTokenUsage(completion),
      metrics: { latencyMs: wholeMilliseconds(latencyMs) },
      ...(fields && { additionalModelResponseFields: fields }),
      ...(performanceConfig && { performanceConfig }),
      ...(serviceTier && { serviceTier }),
    };
  }

  /** Where the parts of the same answer come from. Maps it once more, with a record, so that `map` itself has none. */
  origins(
    answer: ChatCompletionAnswer,
    request: ConverseRequestDto,
    target: UpstreamTarget,
  ): readonly Origin[] {
    const recorder = new ResponseMapper(this.options);
    const provenance = new AnswerProvenance(answer);
    recorder.provenance = provenance;
    return provenance.list(recorder.map(answer, request, target, 0));
  }

  private content(
    message: MessageAnswer,
    choice: ChoiceAnswer,
    request: ConverseRequestDto,
    target: UpstreamTarget,
  ): { content: OutputContentBlock[]; malformed: boolean } {
    const replayData = new ReplayData();
    replayData.collect(message);
    // calls come first: the signature of the reasoning includes their thought signatures
    const { toolUses, malformed } = toolCallsToToolUses(message, {
      toolUseIds: new ToolUseIds(this.options.newToolUseId),
      declared: declaredToolNames(request),
      replayData,
      cut: isCutFinish(choice),
      provenance: this.provenance,
    });
    const blocks = messageToContentBlocks(message, target, replayData, this.provenance);
    return { content: withToolUses(blocks, toolUses), malformed };
  }
}

/** The choice of index 0, else the first usable one. The proxy never asks for more than one. */
function firstChoice(completion: ChatCompletionAnswer): ChoiceAnswer | undefined {
  const choices = Array.isArray(completion.choices) ? completion.choices : [];
  const usable = choices.filter((choice) => isChoice(choice));
  return usable.find((choice) => (choice.index ?? 0) === 0) ?? usable[0];
}

function isChoice(choice: unknown): boolean {
  const fields = objectOf(choice);
  return objectOf(fields?.message) !== undefined || typeof fields?.finish_reason === 'string';
}

/** Azure, and gateways to Gemini, answer a refused prompt without a choice, and put the reason beside `choices`. */
function answerWithoutChoice(completion: ChatCompletionAnswer, latencyMs: number): ConverseResponse {
  const { prompt_filter_results: azure, promptFeedback, prompt_feedback } = completion;
  if (azure == null && promptFeedback == null && prompt_feedback == null)
    throw unusable('The answer has no choices.');
  return refusedAnswer(latencyMs, usageToTokenUsage(completion));
}

/**
 * Appends the tool uses. Blank text before them, which chat templates produce, is dropped: Bedrock would refuse it when
 * the client sends the message back.
 */
function withToolUses(blocks: OutputContentBlock[], toolUses: ToolUses['toolUses']): OutputContentBlock[] {
  const kept =
    toolUses.length === 0 ? blocks : blocks.filter((block) => !('text' in block) || block.text.trim() !== '');
  return [...kept, ...toolUses.map((toolUse) => ({ toolUse }))];
}
