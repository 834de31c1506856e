import { ValidationException } from '../../../bedrock/bedrock.exception.js';
import type {
  ToolResultBlockDto,
  ToolResultContentBlockDto,
} from '../../../bedrock/converse/tool-result-block.dto.js';
import { visit, type Visitor } from '../../../bedrock/union.js';
import type { ContentPart, ToolMessage } from '../../../openai/chat-completion.js';
import { wellFormedJson } from '../../../openai/well-formed-json.js';
import type { RequestContext } from '../request-context.js';
import { documentToContentParts } from './document.js';
import { imageToContentPart } from './image.js';
import { searchResultToText } from './search-result.js';
import { isBlank, textToContentPart } from './text.js';
import { videoToContentPart } from './video.js';

/** The content of a tool result, split into text and media. */
export interface ToolResultContent {
  readonly text: string;
  /** Media, which a tool message cannot hold. They go into the next user message, and the text refers to them. */
  readonly media: readonly ContentPart[];
}

/** `toolResult` → tool message, whose content is always a string. */
export function toolResultToToolMessage(
  { toolUseId }: ToolResultBlockDto,
  text: string,
  context: RequestContext,
): ToolMessage {
  const tool_call_id = context.toolCallIds.of(toolUseId);
  const message: ToolMessage = { role: 'tool', tool_call_id, content: text };
  const name = context.toolNames.get(toolUseId);
  if (context.dialect.toolMessageName && name !== undefined) message.name = name;
  return message;
}

/**
 * The content of a `toolResult` → its text and media.
 * @throws ValidationException for an error without content, and for media that the upstream does not accept
 */
export function readToolResult(
  toolResult: ToolResultBlockDto,
  path: string,
  context: RequestContext,
): ToolResultContent {
  const draft = new ResultDraft(context.toolCallIds.of(toolResult.toolUseId));
  if (toolResult.type != null) context.ignored.hint(`${path}.type`);
  for (const [index, block] of toolResult.content.entries()) {
    visit(block, CONTENT_BLOCK, draft, `${path}.content.${index}`, context);
  }
  return { text: withStatus(toolResult, draft.texts.join('\n'), path), media: draft.media };
}

/** Collects the texts of one tool result, and the media that they refer to. */
class ResultDraft {
  readonly texts: string[] = [];
  readonly media: ContentPart[] = [];
  private attachments = 0;

  constructor(private readonly toolCallId: string) {}

  attach(kind: 'image' | 'video' | 'document', parts: readonly ContentPart[]): void {
    const label = `${kind} ${++this.attachments} of tool result ${this.toolCallId}`;
    this.texts.push(`[${label} is attached in the next user message]`);
    this.media.push(textToContentPart(`[${label}]`), ...parts);
  }
}

const CONTENT_BLOCK: Visitor<
  ToolResultContentBlockDto,
  [result: ResultDraft, path: string, context: RequestContext],
  void
> = {
  text: (text, result) => void result.texts.push(text),
  json: (json, result) => void result.texts.push(wellFormedJson(JSON.stringify(json))),
  image: (image, result, path, context) => {
    result.attach('image', [imageToContentPart(image, `${path}.image`, context)]);
  },
  video: (video, result, path, context) => {
    result.attach('video', [videoToContentPart(video, `${path}.video`, context)]);
  },
  document: (document, result, path, context) => {
    const parts = documentToContentParts(document, `${path}.document`, context);
    const [first] = parts;
    if (parts.length === 1 && first?.type === 'text') result.texts.push(first.text);
    else result.attach('document', parts);
  },
  searchResult: (searchResult, result, path, context) => {
    result.texts.push(searchResultToText(searchResult, `${path}.searchResult`, context));
  },
};

/** OpenAI has no field for the status, so an error is marked in the text. */
function withStatus({ content, status }: ToolResultBlockDto, text: string, path: string): string {
  if (status !== 'error') return text;
  if (content.length === 0) {
    throw new ValidationException(
      `The content field at ${path} cannot be empty when status value is error.`,
      { path },
    );
  }
  if (isBlank(text)) return 'Error';
  return text.slice(0, 5).toLowerCase() === 'error' ? text : `Error: ${text}`;
}
