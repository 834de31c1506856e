import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import { visit, type Visitor } from '../../bedrock/union.js';
import type { ContentPart, ToolMessage } from '../../openai/chat-completion.js';
import { audioToContentPart } from './content/audio.js';
import { cachePointToCacheMarker } from './content/cache-point.js';
import { citationsContentToText } from './content/citations.js';
import { documentToContentParts } from './content/document.js';
import { guardContentToContentPart } from './content/guard-content.js';
import { imageToContentPart } from './content/image.js';
import { searchResultToText } from './content/search-result.js';
import { isBlank, textToContentPart } from './content/text.js';
import { readToolResult, toolResultToToolMessage } from './content/tool-result.js';
import { videoToContentPart } from './content/video.js';
import { memberPath, type Provenance } from './provenance.js';
import type { RequestContext } from './request-context.js';
import { refuseBlock } from './refuse.js';

/** Collects a user turn: its tool messages, followed by at most one user message. */
export class UserTurn {
  readonly toolUseIds: string[] = [];
  readonly toolMessages: ToolMessage[] = [];
  private readonly toolMedia: ContentPart[] = [];
  private readonly own: ContentPart[] = [];
  /** Of the block that is being read, for the provenance. */
  private blockPath = '';

  constructor(readonly provenance?: Provenance) {}

  enter(block: ContentBlockDto, path: string): void {
    this.blockPath = memberPath(block, path);
  }

  /** Adds a part of the user message. Blank text is skipped; the caller refuses a turn without any content. */
  add(part: ContentPart): void {
    this.provenance?.object(part, [this.blockPath]);
    if (part.type !== 'text' || !isBlank(part.text)) this.own.push(part);
  }

  answer(toolUseId: string, message: ToolMessage, media: readonly ContentPart[]): void {
    this.toolUseIds.push(toolUseId);
    this.toolMessages.push(message);
    this.recordResult(message, media);
    for (const part of media) this.toolMedia.push(part);
  }

  private recordResult(message: ToolMessage, media: readonly ContentPart[]): void {
    const { provenance, blockPath } = this;
    if (provenance === undefined) return;
    provenance.object(message, [blockPath]);
    const id = `${blockPath}.toolUseId`;
    provenance.members(message, { tool_call_id: id, name: id, content: `${blockPath}.content` });
    for (const part of media) provenance.object(part, [`${blockPath}.content`]);
  }

  get lastPart(): ContentPart | undefined {
    return this.own.at(-1);
  }

  /** The parts of the user message: media of the tool results, then the user's own content. */
  get parts(): readonly ContentPart[] {
    return this.toolMedia.length === 0 ? this.own : [...this.toolMedia, ...this.own];
  }
}

/** Content blocks of a user turn → its tool messages and user message. */
export function readUserTurn(
  content: readonly ContentBlockDto[],
  path: string,
  context: RequestContext,
): UserTurn {
  const turn = new UserTurn(context.provenance);
  for (const [index, block] of content.entries()) {
    if (turn.provenance !== undefined) turn.enter(block, `${path}.content.${index}`);
    visit(block, CONTENT_BLOCK, turn, `${path}.content.${index}`, context);
  }
  return turn;
}

const CONTENT_BLOCK: Visitor<ContentBlockDto, [turn: UserTurn, path: string, context: RequestContext], void> =
  {
    text: (text, turn) => turn.add(textToContentPart(text)),
    image: (image, turn, path, context) => turn.add(imageToContentPart(image, `${path}.image`, context)),
    document: (document, turn, path, context) => {
      for (const part of documentToContentParts(document, `${path}.document`, context)) turn.add(part);
    },
    video: (video, turn, path, context) => turn.add(videoToContentPart(video, `${path}.video`, context)),
    audio: (audio, turn, path, context) => turn.add(audioToContentPart(audio, `${path}.audio`, context)),
    toolResult: (toolResult, turn, path, context) => {
      const { text, media } = readToolResult(toolResult, `${path}.toolResult`, context);
      turn.answer(toolResult.toolUseId, toolResultToToolMessage(toolResult, text, context), media);
    },
    guardContent: (guardContent, turn, path, context) => {
      turn.add(guardContentToContentPart(guardContent, `${path}.guardContent`, context));
    },
    cachePoint: (cachePoint, turn, path, context) => {
      cachePointToCacheMarker(cachePoint, turn.lastPart, `${path}.cachePoint`, context);
    },
    citationsContent: (citationsContent, turn, path, context) => {
      turn.add(
        textToContentPart(citationsContentToText(citationsContent, `${path}.citationsContent`, context)),
      );
    },
    searchResult: (searchResult, turn, path, context) => {
      turn.add(textToContentPart(searchResultToText(searchResult, `${path}.searchResult`, context)));
    },
    toolUse: refuseBlock('user', 'toolUse'),
    reasoningContent: refuseBlock('user', 'reasoningContent'),
    toolAddition: refuseBlock('user', 'toolAddition'),
    toolRemoval: refuseBlock('user', 'toolRemoval'),
  };
