import { type Json, mediumRequest, smallRequest, toBytes } from './converse-bodies.ts';

/** The question of S, as Anthropic's SDKs send it. */
export function anthropicSmallBody(): Buffer {
  return toBytes(toAnthropic(smallRequest()));
}

/** The conversation and the tools of M, as Anthropic's SDKs send them. */
export function anthropicMediumBody(): Buffer {
  return toBytes(toAnthropic(mediumRequest()));
}

function toAnthropic({ system, messages, toolConfig, inferenceConfig }: Json): Json {
  const { maxTokens, temperature } = inferenceConfig as Json;
  const tools = (toolConfig as { tools: Json[] } | undefined)?.tools;
  return {
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: maxTokens,
    temperature,
    system: (system as Json[]).map(toBlock),
    messages: (messages as { role: string; content: Json[] }[]).map(({ role, content }) => {
      return { role, content: content.map(toBlock) };
    }),
    ...(tools && { tools: tools.map(toTool) }),
  };
}

/** The bodies of the cases hold texts, tool calls and results. */
function toBlock({ text, toolUse, toolResult }: Json): Json {
  if (toolUse !== undefined) {
    const { toolUseId: id, name, input } = toolUse as Json;
    return { type: 'tool_use', id, name, input };
  }
  if (toolResult === undefined) return { type: 'text', text };
  const { toolUseId, content } = toolResult as { toolUseId: string; content: Json[] };
  return { type: 'tool_result', tool_use_id: toolUseId, content: content.map(toBlock) };
}

function toTool({ toolSpec }: Json): Json {
  const { name, description, inputSchema } = toolSpec as { inputSchema: { json: Json } } & Json;
  return { name, description, input_schema: inputSchema.json };
}
