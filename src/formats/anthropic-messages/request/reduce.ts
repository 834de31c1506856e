import type { ConverseRequestDto } from '../../../bedrock/converse/converse-request.dto.js';
import type { InferenceConfigurationDto } from '../../../bedrock/converse/inference-config.dto.js';
import type { OutputConfigDto } from '../../../bedrock/converse/output-config.dto.js';
import type { JsonObject } from '../../../bedrock/validation/rule.js';
import { unknownMembers } from '../../../bedrock/validation/unknown-members.js';
import { validated } from '../../../bedrock/validation/validation.pipe.js';
import type { AnswerWriter, ReducedRequest } from '../../hub-format.js';
import type { NativePaths } from '../../native-paths.js';
import { type AnswerWords, messageToAnthropic } from '../response/message.js';
import { REASONING_TOKENS_PATH, STOP_SEQUENCE_PATH } from '../response/response-fields.js';
import { MessageStream } from '../stream/message-stream.js';
import { ToolNames } from '../tool-names.js';
import { additionalFields } from './additional-fields.js';
import { messagesToConverse, systemToConverse } from './messages.js';
import { MessagesRequestDto } from './messages-request.dto.js';
import { Reduction } from './reduction.js';
import { toolsToConverse } from './tools.js';
import { reportUnsupported } from './unsupported-members.js';

const REQUEST_PATHS = {
  messages: 'messages',
  system: 'system',
  toolConfig: 'tools',
  outputConfig: 'output_config',
  serviceTier: 'service_tier',
};

const SAMPLING_PATHS = {
  maxTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  stopSequences: 'stop_sequences',
};

/**
 * The body → Converse, by Anthropic's rules. What Converse has no member for and the translation understands is put into
 * `additionalModelRequestFields`, and nothing else of the body.
 * @throws ValidationException
 */
export function reduceMessages(body: JsonObject): ReducedRequest {
  const native = validated(MessagesRequestDto, body);
  const reduction = new Reduction(new ToolNames());
  const request = requestToConverse(native, reduction);
  reportUnsupported(native, reduction);
  const { ignored, hints, paths } = reduction;
  for (const path of unknownMembers(MessagesRequestDto, body)) hints.push(path);
  const words = answerWords(native, reduction.toolNames);
  return {
    request,
    ignored,
    hints,
    nativePath: (path) => nativePathOf(path, { paths, request, native }),
    toResponse: (response, info) => messageToAnthropic(response, info, words),
    openStream: (info) => new MessageStream(info, words),
  };
}

/** For a request that is not native: nothing in it changes the words. */
export function answersToConverse(): AnswerWriter {
  const words = { toolNames: new ToolNames(), omitsThinking: false, hasContextEdits: false };
  return {
    toResponse: (response, info) => messageToAnthropic(response, info, words),
    openStream: (info) => new MessageStream(info, words),
  };
}

function requestToConverse(native: MessagesRequestDto, reduction: Reduction): ConverseRequestDto {
  const { system, service_tier: serviceTier } = native;
  const { toolConfig, toolChoice } = toolsToConverse(native, reduction);
  const fields = additionalFields(native, toolChoice);
  const inferenceConfig = samplingToConverse(native, reduction);
  const outputConfig = outputConfigToConverse(native, reduction);
  const { paths } = reduction;
  return paths.from(
    '',
    {
      messages: messagesToConverse(native.messages, reduction),
      ...(system != null && { system: systemToConverse(system, reduction) }),
      inferenceConfig,
      ...(toolConfig && { toolConfig: paths.from('tools', toolConfig, { toolChoice: 'tool_choice' }) }),
      ...(outputConfig && { outputConfig }),
      ...(serviceTier === 'standard_only' && { serviceTier: { type: 'default' as const } }),
      ...(fields && { additionalModelRequestFields: paths.same('', fields) }),
      additionalModelResponseFieldPaths: responseFieldPaths(inferenceConfig),
    },
    REQUEST_PATHS,
  );
}

/** Stop sequences of white space alone are dropped, as Anthropic refuses them and models seldom mean them. */
function samplingToConverse(
  { max_tokens, temperature, top_p, stop_sequences }: MessagesRequestDto,
  { paths, hints }: Reduction,
): InferenceConfigurationDto {
  const config: InferenceConfigurationDto = { maxTokens: max_tokens };
  if (temperature != null) config.temperature = temperature;
  if (top_p != null) config.topP = top_p;
  const stops = (stop_sequences ?? []).filter((stop, index) => {
    const isBlank = stop.trim() === '';
    if (isBlank) hints.push(`stop_sequences.${index}`);
    return !isBlank;
  });
  if (stops.length > 0) config.stopSequences = stops;
  return paths.from('', config, SAMPLING_PATHS);
}

/** The schema is JSON here, and text in Converse. */
function outputConfigToConverse(
  { output_config: config, output_format: older }: MessagesRequestDto,
  { paths, hints }: Reduction,
): OutputConfigDto | undefined {
  const format = config?.format ?? older;
  if (config?.format != null && older != null) hints.push('output_format');
  if (config?.effort == null && format == null) return undefined;
  const textFormat = format && {
    type: 'json_schema' as const,
    structure: { jsonSchema: { name: 'response', schema: JSON.stringify(format.schema) } },
  };
  return paths.from(
    'output_config',
    { ...(config?.effort != null && { effort: config.effort }), ...(textFormat && { textFormat }) },
    {
      effort: 'output_config.effort',
      textFormat: config?.format == null ? 'output_format.schema' : 'output_config.format.schema',
    },
  );
}

function responseFieldPaths({ stopSequences }: InferenceConfigurationDto): string[] {
  return stopSequences === undefined ? [REASONING_TOKENS_PATH] : [STOP_SEQUENCE_PATH, REASONING_TOKENS_PATH];
}

function answerWords(
  { thinking, context_management }: MessagesRequestDto,
  toolNames: ToolNames,
): AnswerWords {
  const display = thinking != null && 'display' in thinking ? thinking.display : undefined;
  return { toolNames, omitsThinking: display === 'omitted', hasContextEdits: context_management != null };
}

/** The place behind the last message, where tool results are missed, has another index where messages were merged. */
function nativePathOf(path: string, { paths, request, native }: PathContext): string {
  const end = `messages.${request.messages?.length}`;
  if (path !== end && !path.startsWith(`${end}.`)) return paths.resolve(request, path);
  return `messages.${native.messages.length}${path.slice(end.length)}`;
}

interface PathContext {
  readonly paths: NativePaths;
  readonly request: ConverseRequestDto;
  readonly native: MessagesRequestDto;
}
