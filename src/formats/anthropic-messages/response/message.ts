import type { ConverseResponse, OutputContentBlock } from '../../../bedrock/converse/converse-response.js';
import type { AnswerInfo } from '../../hub-format.js';
import type { ToolNames } from '../tool-names.js';
import { reasoningTokensOf, stopSequenceOf } from './response-fields.js';
import { stopReasonToAnthropic } from './stop-reason.js';
import { usageToAnthropic } from './usage.js';

/** What the request says about the form of its answer. */
export interface AnswerWords {
  readonly toolNames: ToolNames;
  /** Thinking blocks come without their text. */
  readonly omitsThinking: boolean;
  /** The request asks for edits of its context, and hears that there were none. */
  readonly hasContextEdits: boolean;
}

export const NO_CONTEXT_EDITS = { applied_edits: [] } as const;

/**
 * A Converse answer → Anthropic's message.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 * @throws BedrockException `ModelErrorException` for a malformed answer
 */
export function messageToAnthropic(response: ConverseResponse, info: AnswerInfo, words: AnswerWords): object {
  const { output, stopReason, usage, additionalModelResponseFields: fields } = response;
  const end = stopReasonToAnthropic(stopReason, stopSequenceOf(fields));
  const counted = usageToAnthropic(usage, reasoningTokensOf(fields));
  return {
    ...messageHead(info),
    content: output.message.content.map((block) => contentBlock(block, words)),
    ...end,
    usage: {
      ...counted,
      cache_creation: {
        ephemeral_5m_input_tokens: counted.cache_creation_input_tokens,
        ephemeral_1h_input_tokens: 0,
      },
    },
    ...(words.hasContextEdits && { context_management: NO_CONTEXT_EDITS }),
  };
}

/** Of an ARN, Bedrock repeats the last part. */
export function messageHead({ id, modelId }: AnswerInfo): object {
  return {
    id: `msg_bdrk_${id}`,
    type: 'message',
    role: 'assistant',
    model: modelId.slice(modelId.lastIndexOf('/') + 1),
  };
}

function contentBlock(block: OutputContentBlock, { toolNames, omitsThinking }: AnswerWords): object {
  if ('text' in block) return { type: 'text', text: block.text };
  if ('toolUse' in block) {
    const { toolUseId: id, name, input } = block.toolUse;
    return { type: 'tool_use', id, name: toolNames.original(name), input };
  }
  const { text, signature = '' } = block.reasoningContent.reasoningText;
  return { type: 'thinking', thinking: omitsThinking ? '' : text, signature };
}
