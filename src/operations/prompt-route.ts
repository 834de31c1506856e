import { modelNotAllowed, promptNotAllowed } from '../auth/auth-failure.js';
import { BedrockException, ValidationException } from '../bedrock/bedrock.exception.js';
import { ModelId } from '../bedrock/model-id.js';
import type { PromptReference } from '../bedrock/prompts/prompt-name.js';
import type { Client, Configuration } from '../config/configuration.js';
import type { Exchange } from '../observability/exchange.js';
import type { ModelRoute } from '../routing/model-route.js';
import { mayCall, resolveRoute } from '../routing/model-router.js';
import { findPrompt, mayUsePrompt } from '../routing/prompts.js';
import { refused } from './refused.js';

interface PromptRequest {
  /** As the client names the prompt. */
  readonly name: string;
  readonly client: Client;
  readonly exchange: Exchange;
  readonly current: Configuration;
}

/**
 * The prompt that a client asks for → the route of its model. Refusals name the prompt, so that nobody learns of a model
 * that it may not call.
 * @throws AuthFailure when the client may not use the prompt, or not call its model
 * @throws BedrockException `ResourceNotFoundException` when there is no such prompt
 */
export function promptRoute(
  reference: PromptReference,
  { name, client, exchange, current }: PromptRequest,
): ModelRoute {
  if (current.prompts === undefined) throw noPrompts();
  const prompt = findPrompt(reference, current);
  // before it is told whether the prompt exists
  if (!mayUsePrompt(client, prompt ?? reference)) {
    throw refused(promptNotAllowed(client.name, name), exchange);
  }
  if (prompt === undefined) throw unknownPrompt();
  const modelId = ModelId.read(prompt.variant.modelId);
  if (modelId === undefined) throw unroutedModel();
  const route = resolveRoute(modelId, current);
  if (!mayCall(client.models, modelId, route?.rule)) {
    throw refused(modelNotAllowed(client.name, name), exchange);
  }
  if (route === undefined) throw unroutedModel();
  exchange.setRule(route.rule.match);
  exchange.prompt = { name: `${prompt.id}:${prompt.version}` };
  return { ...route, prompt };
}

export function unknownPrompt(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'Could not resolve the prompt from the provided identifier: there is no such prompt, or no such version of it.',
  );
}

function noPrompts(): ValidationException {
  return new ValidationException(
    'modelId: prompts of Prompt management cannot be used here, because the configuration has none. Send messages instead.',
    { path: 'modelId' },
  );
}

function unroutedModel(): BedrockException {
  return new BedrockException(
    'ResourceNotFoundException',
    'Could not resolve the foundation model of the prompt: no rule of the configuration routes it.',
  );
}
