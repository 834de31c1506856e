import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ToolResultBlockDto } from '../../bedrock/converse/tool-result-block.dto.js';
import type { ToolUseBlockDto } from '../../bedrock/converse/tool-use-block.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import type { AssistantMessage, ToolCall } from '../../openai/chat-completion.js';
import { citationsContentToText } from './content/citations.js';
import { guardContentToText } from './content/guard-content.js';
import { mediaErrorToText } from './content/media-source.js';
import { type OwnReasoning, reasoningContentToOwnReasoning } from './content/reasoning.js';
import { searchResultToText } from './content/search-result.js';
import { isBlank } from './content/text.js';
import { readToolResult } from './content/tool-result.js';
import { serverToolUseToText, toolUseToToolCall } from './content/tool-use.js';
import { reasoningToReplayFields } from './reasoning-replay.js';
import { AssistantOrigins } from './assistant-origins.js';
import { memberPath } from './provenance.js';
import type { RequestContext } from './request-context.js';
import { refuseBlock } from './refuse.js';

/** Collects an assistant turn. OpenAI's message holds one text, followed by the tool calls. */
class AssistantTurn {
  readonly toolCalls: ToolCall[] = [];
  readonly toolUseIds: string[] = [];
  readonly reasoning: OwnReasoning[] = [];
  readonly serverTools = new Set<string>();
  text = '';
  private endsWithBlock = false;

  constructor(readonly replaysReasoning: boolean) {}

  addText(text: string): void {
    if (isBlank(text)) return;
    this.text += this.endsWithBlock ? `\n${text}` : text;
    this.endsWithBlock = true;
  }

  /** Adds cited text, which continues the sentence of the blocks around it, so no line break separates it. */
  addFragment(text: string): void {
    this.text += text;
    this.endsWithBlock = false;
  }
}

/** Content blocks of an assistant turn → one assistant message, and the tool-use ids that need a result. */
export function assistantTurnToMessage(
  content: readonly ContentBlockDto[],
  path: string,
  context: RequestContext,
  replaysReasoning: boolean,
): { message: AssistantMessage; toolUseIds: readonly string[] } {
  const turn = new AssistantTurn(replaysReasoning);
  const origins = context.provenance && new AssistantOrigins(context.provenance);
  for (const [index, block] of content.entries()) {
    visit(block, CONTENT_BLOCK, turn, `${path}.content.${index}`, context);
    origins?.note(turn, memberPath(block, `${path}.content.${index}`));
  }
  const message = turnToMessage(turn, context);
  origins?.record(message, turn, path);
  return { message, toolUseIds: turn.toolUseIds };
}

function turnToMessage(
  { text, toolCalls, reasoning }: AssistantTurn,
  { dialect }: RequestContext,
): AssistantMessage {
  const withoutText = toolCalls.length > 0 ? dialect.emptyAssistantContent : '';
  const message: AssistantMessage = { role: 'assistant', content: text === '' ? withoutText : text };
  if (toolCalls.length > 0) message.tool_calls = toolCalls;
  return Object.assign(message, reasoningToReplayFields(reasoning, toolCalls, dialect.reasoningReplay));
}

const CONTENT_BLOCK: Visitor<
  ContentBlockDto,
  [turn: AssistantTurn, path: string, context: RequestContext],
  void
> = {
  text: (text, turn) => turn.addText(text),
  toolUse: addToolUse,
  toolResult: addServerToolResult,
  reasoningContent: (reasoningContent, turn, path, context) => {
    if (!turn.replaysReasoning) return context.ignored.hint(`${path}.reasoningContent`);
    const own = reasoningContentToOwnReasoning(reasoningContent, `${path}.reasoningContent`, context);
    if (own !== undefined) turn.reasoning.push(own);
  },
  citationsContent: (citationsContent, turn, path, context) => {
    turn.addFragment(citationsContentToText(citationsContent, `${path}.citationsContent`, context));
  },
  searchResult: (searchResult, turn, path, context) => {
    turn.addText(searchResultToText(searchResult, `${path}.searchResult`, context));
  },
  guardContent: (guardContent, turn, path, context) => {
    turn.addText(guardContentToText(guardContent, `${path}.guardContent`, context));
  },
  image: (image, turn, path) => {
    if (image.error == null) return refuseBlock('assistant', 'image')(image, turn, path);
    turn.addText(mediaErrorToText('image', image.error));
  },
  audio: (audio, turn, path) => {
    if (audio.error == null) return refuseBlock('assistant', 'audio')(audio, turn, path);
    turn.addText(mediaErrorToText('audio', audio.error));
  },
  cachePoint: (_, _turn, path, { ignored }) => ignored.hint(`${path}.cachePoint`),
  document: refuseBlock('assistant', 'document'),
  video: refuseBlock('assistant', 'video'),
  toolAddition: refuseBlock('assistant', 'toolAddition'),
  toolRemoval: refuseBlock('assistant', 'toolRemoval'),
};

function addToolUse(toolUse: ToolUseBlockDto, turn: AssistantTurn, _: string, context: RequestContext): void {
  context.toolNames.set(toolUse.toolUseId, toolUse.name);
  if (toolUse.type === 'server_tool_use') {
    turn.serverTools.add(toolUse.toolUseId);
    turn.addText(serverToolUseToText(toolUse));
    return;
  }
  turn.toolUseIds.push(toolUse.toolUseId);
  turn.toolCalls.push(toolUseToToolCall(toolUse, context));
}

/** The result of a server tool, which the model provider runs itself, is in the same turn as its call. */
function addServerToolResult(
  toolResult: ToolResultBlockDto,
  turn: AssistantTurn,
  path: string,
  context: RequestContext,
): void {
  const { text, media } = readToolResult(toolResult, `${path}.toolResult`, context);
  if (media.length > 0 || !turn.serverTools.has(toolResult.toolUseId)) {
    refuseBlock('assistant', 'toolResult')(toolResult, turn, path);
  }
  turn.addText(`[Result: ${text}]`);
}
