import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import type { ToolChoiceDto, ToolConfigurationDto } from '../../bedrock/converse/tool-config.dto.js';
import { STRUCTURE, type JsonObject } from '../../bedrock/validation/rule.js';

/**
 * A Converse request of texts, such as a filled prompt → the body of a chat completion. Cache points, which the body has
 * no place for, are left out.
 */
export function converseToChatBody({
  messages = [],
  system = [],
  inferenceConfig,
  toolConfig,
  additionalModelRequestFields: fields,
}: ConverseRequestDto): JsonObject {
  const { maxTokens, temperature, topP, stopSequences } = inferenceConfig ?? {};
  return {
    ...(STRUCTURE.accepts(fields) && fields),
    messages: [
      ...system.flatMap(({ text }) => (text == null ? [] : [{ role: 'system', content: text }])),
      ...messages.map(toChatMessage),
    ],
    ...(maxTokens != null && { max_tokens: maxTokens }),
    ...(temperature != null && { temperature }),
    ...(topP != null && { top_p: topP }),
    ...(stopSequences != null && { stop: stopSequences }),
    ...(toolConfig != null && toolsOf(toolConfig)),
  };
}

function toChatMessage({ role, content }: MessageDto): object {
  const texts = content.flatMap(({ text }) => text ?? []);
  const [only = ''] = texts;
  return { role, content: texts.length > 1 ? texts.map((text) => ({ type: 'text', text })) : only };
}

function toolsOf({ tools, toolChoice }: ToolConfigurationDto): object {
  return {
    tools: tools.flatMap(({ toolSpec }) => {
      if (toolSpec == null) return [];
      const { name, description, inputSchema, strict } = toolSpec;
      return [
        {
          type: 'function',
          function: {
            name,
            ...(description != null && { description }),
            parameters: inputSchema.json,
            ...(strict != null && { strict }),
          },
        },
      ];
    }),
    ...(toolChoice != null && { tool_choice: toChatChoice(toolChoice) }),
  };
}

function toChatChoice({ any, tool }: ToolChoiceDto): unknown {
  if (tool != null) return { type: 'function', function: { name: tool.name } };
  return any == null ? 'auto' : 'required';
}
