import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { PromptSettings } from '../../config/prompt.js';
import type { Settings } from '../../config/settings.js';
import { fillPrompt } from '../../prompts/fill-prompt.js';
import { pathInRequest } from '../../prompts/prompt-paths.js';
import type { PathsInRequest } from '../invoke-model/native-report.js';
import type { OperationContext } from '../operation-context.js';

/** A Converse request that a prompt was filled for. */
export interface FilledRequest {
  readonly request: ConverseRequestDto;
  /** Of the client's own request. */
  readonly paths: PathsInRequest;
}

/**
 * The prompt of a request, filled with its variables. A prompt may become no longer than a body.
 * @throws ValidationException
 */
export function fillRequest(
  prompt: PromptSettings,
  request: ConverseRequestDto,
  { exchange }: OperationContext,
  { server }: Pick<Settings, 'server'>,
): FilledRequest {
  const filled = fillPrompt(prompt, request, server.maxBodyBytes);
  const { content, prompt: named } = exchange;
  if (content !== undefined && named !== undefined) exchange.prompt = { ...named, filled };
  return { request: filled, paths: { reported: [], nativePath: (path) => pathInRequest(prompt, path) } };
}
