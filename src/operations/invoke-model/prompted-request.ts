import { IsOptional } from 'class-validator';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { PromptVariableValuesDto } from '../../bedrock/converse/prompt-variable.dto.js';
import { NestedMap } from '../../bedrock/validation/map-of.decorator.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { PromptSettings } from '../../config/prompt.js';
import type { Settings } from '../../config/settings.js';
import type { NativeFormat } from '../../formats/format-registry.js';
import { formatOfModel } from '../../formats/model-format.js';
import type { OperationContext } from '../operation-context.js';
import { type FilledRequest, fillRequest } from '../prompts/filled-request.js';
import { GUARDRAIL_MEMBER, separateBedrockMembers } from './guardrail-body.js';
import type { InvokeRequest } from './invoke-handler.js';
import { readInvokeHeaders } from './invoke-headers.js';

/** The body of a request that names a prompt: the rest is in the prompt. */
class PromptBodyDto {
  @IsOptional()
  @NestedMap(() => PromptVariableValuesDto)
  promptVariables?: Record<string, PromptVariableValuesDto>;
}

/**
 * A request that names a prompt, which its model answers in the native format. The body may be missing.
 * @throws ValidationException
 */
export function toPromptedRequest(
  prompt: PromptSettings,
  json: unknown,
  context: OperationContext,
  settings: Settings,
): InvokeRequest {
  const sent = validated(PromptBodyDto, json);
  const { body, guardrail, ignored } = separateBedrockMembers(Object.fromEntries(Object.entries(sent)));
  const other = Object.keys(body).find((name) => name !== 'promptVariables');
  if (other !== undefined) throw onlyVariables(other);
  if (guardrail.tagSuffix !== undefined) throw noTags();
  const { promptVariables } = sent;
  const variables = promptVariables == null ? {} : { promptVariables };
  const filled = fillRequest(prompt, variables, context, settings);
  const { modelId, rule } = context.route;
  const clues = { modelId, ...(rule.invokeFormat !== undefined && { invokeFormat: rule.invokeFormat }) };
  const format = formatOfModel(clues, prompt.variant.templateType);
  return {
    body: bodyFor(format, filled),
    format,
    headers: readInvokeHeaders(context.exchange.request.headers, guardrail),
    guardrail,
    ignored,
    context,
    filled,
  };
}

/** The body of formats that do not go by way of Converse. */
function bodyFor(format: NativeFormat, { request }: FilledRequest): JsonObject {
  if (format.kind === 'hub') {
    if (format.isTextOnly !== true || request.toolConfig == null) return {};
    throw new ValidationException(
      `The prompt has tools, and answers of the format ${format.name} cannot tell their calls. Use Converse.`,
    );
  }
  if (format.kind === 'chat-completions' && format.toBody !== undefined) return format.toBody(request);
  throw new ValidationException(`The prompt is for a chat, and the format of its model is ${format.name}.`);
}

function onlyVariables(path: string): ValidationException {
  return new ValidationException(
    `The value at ${path} is invalid: the body of a request that uses a prompt can only have promptVariables. Remove ${path}, or set it in the prompt.`,
    { path, brokenRule: 'The body of a request that uses a prompt can only have promptVariables' },
  );
}

/** Values are data: nobody marks by them what a guardrail examines. */
function noTags(): ValidationException {
  const path = `${GUARDRAIL_MEMBER}.tagSuffix`;
  return new ValidationException(
    `The value at ${path} is invalid: a guardrail examines all of a prompt. Remove ${path}.`,
    { path },
  );
}
