import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { ReducedRequest } from '../hub-format.js';
import { NativePaths } from '../native-paths.js';
import { addSampling } from '../sampling.js';
import { CommandRStream, toCommandRResponse } from './command-r-response.js';
import { CommandRRequestDto } from './command-r-request.dto.js';
import { documentsToBlocks } from './documents.js';
import { toConversation } from './conversation.js';
import { toolsToConfig } from './tools.js';

/** Members without an equivalent. `false` and `OFF` ask for nothing. */
const IGNORED = [
  'search_queries_only',
  'force_single_step',
  'raw_prompting',
  'prompt_truncation',
  'return_prompt',
] as const satisfies (keyof CommandRRequestDto)[];

/** @throws ValidationException */
export function reduceCommandR(json: JsonObject): ReducedRequest {
  const body = validated(CommandRRequestDto, json);
  const paths = new NativePaths();
  const { preamble, tools } = body;
  const request: ConverseRequestDto = paths.from(
    '',
    {
      messages: toConversation(body, documentsToBlocks(body.documents, paths), paths),
      ...(preamble != null && preamble !== '' && { system: [paths.from('preamble', { text: preamble })] }),
      ...(tools != null && tools.length > 0 && { toolConfig: toolsToConfig(tools, paths) }),
    },
    { messages: 'message', system: 'preamble', toolConfig: 'tools' },
  );
  addParameters(request, body, paths);
  return {
    request,
    ignored: IGNORED.filter((name) => body[name] != null && body[name] !== false && body[name] !== 'OFF'),
    hints: unknownMembers(CommandRRequestDto, json),
    nativePath: (path) => paths.resolve(request, path),
    toResponse: (response, { id }) => toCommandRResponse(response, { id, body }),
    openStream: ({ id }) => new CommandRStream({ id, body }),
  };
}

function addParameters(request: ConverseRequestDto, body: CommandRRequestDto, paths: NativePaths): void {
  addSampling(request, paths, {
    converse: {
      maxTokens: { value: body.max_tokens, path: 'max_tokens' },
      temperature: { value: body.temperature, path: 'temperature' },
      topP: { value: body.p, path: 'p' },
      stopSequences: { value: body.stop_sequences, path: 'stop_sequences' },
    },
    further: {
      top_k: { value: body.k, path: 'k' },
      seed: { value: body.seed, path: 'seed' },
      frequency_penalty: { value: body.frequency_penalty, path: 'frequency_penalty' },
      presence_penalty: { value: body.presence_penalty, path: 'presence_penalty' },
    },
  });
}
