import type { Attributes } from '@opentelemetry/api';

const AGENT_RUNTIME: ReadonlySet<string> = new Set(['rerank']);

/** Operations of the control plane. */
const CONTROL_PLANE: ReadonlySet<string> = new Set([
  'listFoundationModels',
  'getFoundationModel',
  'listInferenceProfiles',
  'getInferenceProfile',
  'listGuardrails',
  'getGuardrail',
]);

/** Operations of the APIs of OpenAI and Anthropic. */
const OTHER_APIS: ReadonlySet<string> = new Set([
  'createChatCompletion',
  'listModels',
  'retrieveModel',
  'createMessage',
  'countMessageTokens',
]);

/**
 * The operation in the terms of AWS, by the name of its handler: none for the APIs of OpenAI and Anthropic.
 * https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
 */
export function rpcAttributes(operation: string | undefined): Attributes {
  if (operation === undefined || OTHER_APIS.has(operation)) return {};
  return { 'rpc.system': 'aws-api', 'rpc.service': serviceOf(operation), 'rpc.method': operation };
}

function serviceOf(operation: string): string {
  if (CONTROL_PLANE.has(operation)) return 'Bedrock';
  return AGENT_RUNTIME.has(operation) ? 'Bedrock Agent Runtime' : 'Bedrock Runtime';
}
