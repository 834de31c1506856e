import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { ReducedRequest } from '../hub-format.js';
import { NativePaths } from '../native-paths.js';
import { addSampling } from '../sampling.js';
import { MistralChatStream, toMistralChatResponse } from './mistral-chat-response.js';
import { MistralChatRequestDto } from './mistral-chat-request.dto.js';
import { addMessages } from './mistral-messages.js';
import { addTools, readToolChoice } from './mistral-tools.js';

/** @throws ValidationException */
export function reduceMistralChat(json: JsonObject): ReducedRequest {
  const body = validated(MistralChatRequestDto, json);
  const paths = new NativePaths();
  const request: ConverseRequestDto = paths.from(
    '',
    {},
    { messages: 'messages', system: 'messages', toolConfig: 'tools' },
  );
  addMessages(request, body.messages, paths);
  const choice = readToolChoice(body.tool_choice);
  addTools(request, body.tools ?? [], choice.toolChoice, paths);
  addSampling(request, paths, {
    converse: {
      maxTokens: { value: body.max_tokens, path: 'max_tokens' },
      temperature: { value: body.temperature, path: 'temperature' },
      topP: { value: body.top_p, path: 'top_p' },
      stopSequences: { value: body.stop, path: 'stop' },
    },
    further: {
      top_k: { value: body.top_k, path: 'top_k' },
      seed: { value: body.random_seed, path: 'random_seed' },
      response_format: { value: body.response_format, path: 'response_format' },
      tool_choice: { value: choice.field, path: 'tool_choice' },
      parallel_tool_calls: { value: body.parallel_tool_calls, path: 'parallel_tool_calls' },
    },
  });
  return {
    request,
    ignored: body.safe_prompt === true ? ['safe_prompt'] : [],
    hints: [...unknownMembers(MistralChatRequestDto, json), ...prefixes(body)],
    nativePath: (path) => paths.resolve(request, path),
    toResponse: toMistralChatResponse,
    openStream: () => new MistralChatStream(),
  };
}

function prefixes({ messages }: MistralChatRequestDto): string[] {
  return messages.flatMap((message, index) =>
    'prefix' in message && message.prefix != null ? [`messages.${index}.prefix`] : [],
  );
}
