import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { listOf } from '../../translation/json-value.js';
import type { ConverseGuard } from '../guardrails/converse-guard.js';
import type { ChatCall } from './chat-completions.service.js';
import { guardedMessages } from './guarded-messages.js';
import { refuseUnseenImages } from './unseen-images.js';

/**
 * The call with masked texts. Log probabilities would tell what was masked, so nobody asks for them.
 * @throws ValidationException for an answer or an image that cannot be examined
 */
export async function examineCall(
  call: ChatCall,
  guard: ConverseGuard,
  { tagSuffix }: { readonly tagSuffix: string | undefined },
): Promise<ChatCall> {
  const { request, ignored = [] } = call;
  if (listOf(request['modalities']).includes('audio')) {
    throw new ValidationException('Guardrails do not examine spoken answers. Remove audio from modalities.', {
      path: 'modalities',
    });
  }
  if (guard.call.guardrail.policy.settings.content !== undefined) refuseUnseenImages(request.messages);
  const messages = guardedMessages(request.messages, tagSuffix, guard.scope);
  const masked = await guard.examineInput(messages.content);
  const { logprobs, top_logprobs: _, ...others } = request;
  return {
    ...call,
    request: { ...others, messages: messages.withTexts(masked) },
    ignored: logprobs === true ? [...ignored, 'logprobs'] : ignored,
  };
}
