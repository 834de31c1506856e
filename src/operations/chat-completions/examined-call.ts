import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { listOf } from '../../translation/json-value.js';
import type { ConverseGuard } from '../guardrails/converse-guard.js';
import type { ChatMessageDto } from './chat-completion-request.dto.js';
import type { ChatCall } from './chat-completions.service.js';
import { type Examination, guardedMessages, hasTaggedText } from './guarded-messages.js';
import { type MessageFiles, messageFiles } from './message-files.js';
import { refuseUnseenImages } from './unseen-images.js';

/**
 * The call with masked texts. Log probabilities would tell what was masked, so nobody asks for them.
 * @throws ValidationException for an answer, an image or a file that cannot be examined
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
  if (guard.examinesImages) refuseUnseenImages(request.messages);
  const { scope } = guard;
  const files = filesToExamine(request.messages, { tagSuffix, scope });
  const { documents, ignored: leftOut } = await guard.readDocuments([...files.values()]);
  const messages = guardedMessages(request.messages, { tagSuffix, scope }, { files, documents });
  const masked = await guard.examineInput(messages.content);
  const { logprobs, top_logprobs: _, ...others } = request;
  return {
    ...call,
    request: { ...others, messages: messages.withTexts(masked) },
    ignored: [...leftOut, ...ignored, ...(logprobs === true ? ['logprobs'] : [])],
  };
}

/** @throws ValidationException */
function filesToExamine(
  messages: readonly ChatMessageDto[],
  { tagSuffix, scope }: Examination,
): MessageFiles {
  if (hasTaggedText(messages, tagSuffix)) return new Map();
  return messageFiles(messages, (role) => scope === 'all' || role === 'user');
}
