import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ImageRequest } from '../../bedrock/images/image-request.js';
import type { NativeImageRequest } from '../../formats/image-generation-format.js';
import { splitGuardedText } from '../../formats/guarded-text.js';
import type { GuardedText } from '../../guardrails/guarded-content.js';
import type { ConverseGuard } from '../guardrails/converse-guard.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { guardrailMembers } from '../invoke-model/guardrail-members.js';
import { type NamedGuardrail, namedGuardrail } from '../invoke-model/named-guardrail.js';
import type { InvokeRequest } from '../invoke-model/invoke-handler.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { ImagesService, imagesRequest } from './images.service.js';

const INTERVENED = { stopReason: 'guardrail_intervened' } as const;
/** What servers draw when nothing else is asked for. */
const DEFAULT_FORMAT = 'png';

/** Images, with the guardrail that a request names: it examines the prompt and, with content filters, the images. */
@Injectable()
export class GuardedImagesService {
  constructor(
    private readonly images: ImagesService,
    private readonly guards: ConverseGuards,
  ) {}

  /** @throws ValidationException naming the header */
  find(invocation: Pick<InvokeRequest, 'headers' | 'guardrail'>): NamedGuardrail | undefined {
    return namedGuardrail(this.guards, invocation);
  }

  /**
   * @param reported native paths that the format does not carry
   * @returns the answer in the native format
   * @throws BedrockException for whatever is wrong with the request or the upstreams
   */
  async generate(
    native: NativeImageRequest,
    { settings, config, tagSuffix }: NamedGuardrail,
    { context, reported }: { readonly context: OperationContext; readonly reported: readonly string[] },
  ): Promise<OperationResult<object>> {
    const guard = await this.guards.open(settings, { guardrailConfig: config }, context);
    const prompt = await examinePrompt(native.request.prompt, tagSuffix, guard);
    if (guard.isInputBlocked) {
      const report = { ignored: reported, attempts: [] };
      context.exchange.setRequest(report, imagesRequest(native.request));
      const answer = native.toBlocked({ side: 'input', message: settings.blockedInputMessaging });
      const members = guardrailMembers(guard.traceOf(undefined), context.exchange);
      return { answer: { ...answer, ...members }, summary: INTERVENED, report };
    }
    const request: ImageRequest = { ...native.request, prompt };
    const result = await this.images.generate(request, context, reported);
    const output = await guard.examineImages(result.answer.map((base64) => toImage(base64, request)));
    const isBlocked = output?.verdict.decision === 'blocked';
    const answer = isBlocked
      ? native.toBlocked({ side: 'output', message: settings.blockedOutputsMessaging })
      : native.toResponse(result.answer, randomUUID());
    const members = guardrailMembers(guard.traceOf(output), context.exchange);
    return { ...result, answer: { ...answer, ...members }, ...(isBlocked && { summary: INTERVENED }) };
  }
}

/** → the prompt with masked texts, and without tags. */
async function examinePrompt(
  prompt: string,
  tagSuffix: string | undefined,
  guard: ConverseGuard,
): Promise<string> {
  const masked = await guard.examineInput({ texts: guardedParts(prompt, tagSuffix), images: [] });
  return masked.join('');
}

/** Only what stands between tags is examined; without tags the whole prompt is. */
function guardedParts(prompt: string, tagSuffix: string | undefined): GuardedText[] {
  const parts = tagSuffix === undefined ? [] : splitGuardedText(prompt, tagSuffix);
  return parts.some(({ isGuarded }) => isGuarded) ? parts : [{ text: prompt, isGuarded: true }];
}

function toImage(base64: string, { outputFormat = DEFAULT_FORMAT }: ImageRequest) {
  return { mediaType: `image/${outputFormat}`, base64 };
}
