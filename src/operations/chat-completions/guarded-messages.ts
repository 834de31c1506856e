import { splitGuardedText } from '../../formats/guarded-text.js';
import type { GuardedContent, GuardedImage } from '../../guardrails/guarded-content.js';
import { listOf, objectOf } from '../../translation/json-value.js';
import { textToDocumentElement } from '../../translation/request/content/document-element.js';
import type { ReadDocuments } from '../../translation/request/read-documents.js';
import { namedDocument } from '../guardrails/block-texts.js';
import { type ExaminedScope, picturesOf } from '../guardrails/guarded-request.js';
import type { ChatMessageDto } from './chat-completion-request.dto.js';
import { dataImage } from './data-image.js';
import { fileIn, type MessageFiles, renamedFile } from './message-files.js';
import { mapContentTexts } from './message-texts.js';

/** The texts of these can be guarded; of all others only the tags are removed. */
const GUARDED_ROLES: ReadonlySet<string> = new Set(['user', 'system', 'developer']);

interface TextPart {
  readonly text: string;
  readonly role: string;
  readonly isTagged: boolean;
}

/** How messages are examined. */
export interface Examination {
  /** Of the tags around what is examined. */
  readonly tagSuffix: string | undefined;
  readonly scope: ExaminedScope;
}

/** The files of messages, and what those that were read have become. */
export interface ReadFiles {
  readonly files: MessageFiles;
  readonly documents: ReadDocuments;
}

/** The messages of a request on their way through a guardrail. */
export interface GuardedMessages {
  readonly content: GuardedContent;
  /** The messages with other texts in place of those of `content`, in the same order, and without tags. */
  withTexts(texts: readonly string[]): ChatMessageDto[];
}

/** Whether anything stands between tags: then nothing else is examined. */
export function hasTaggedText(messages: readonly ChatMessageDto[], tagSuffix: string | undefined): boolean {
  if (tagSuffix === undefined) return false;
  const noFiles: ReadFiles = { files: new Map(), documents: new Map() };
  return textParts(messages, tagSuffix, noFiles).some(({ isTagged }) => isTagged);
}

/**
 * What is examined of messages: texts between the tags of the suffix, or without such texts the texts, files and images of
 * all user messages; of a prompt, the texts of all messages.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-input-tagging-base-inference.html
 */
export function guardedMessages(
  messages: readonly ChatMessageDto[],
  { tagSuffix, scope }: Examination,
  read: ReadFiles,
): GuardedMessages {
  const parts = textParts(messages, tagSuffix, read);
  const hasTags = parts.some(({ isTagged }) => isTagged);
  const isExamined = ({ role, isTagged }: TextPart): boolean =>
    hasTags ? isTagged : scope === 'all' || role === 'user';
  const texts = parts.filter(isExamined).map(({ text }) => ({ text, isGuarded: true }));
  return {
    content: { texts, images: hasTags ? [] : imagesOf(messages, read) },
    withTexts: (changed) => {
      const rest = [...changed];
      // in the order of textParts
      const sent = parts.map((part) => (isExamined(part) ? (rest.shift() ?? '') : part.text));
      return messages.map((message) =>
        mapTexts(message, read, (text, isFile) =>
          sent.splice(0, partsOf(text, message.role, isFile ? undefined : tagSuffix).length).join(''),
        ),
      );
    },
  };
}

function textParts(
  messages: readonly ChatMessageDto[],
  tagSuffix: string | undefined,
  read: ReadFiles,
): TextPart[] {
  const parts: TextPart[] = [];
  for (const message of messages) {
    mapTexts(message, read, (text, isFile) => {
      parts.push(...partsOf(text, message.role, isFile ? undefined : tagSuffix));
      return text;
    });
  }
  return parts;
}

function partsOf(text: string, role: string, tagSuffix: string | undefined): TextPart[] {
  if (tagSuffix === undefined) return [{ text, role, isTagged: false }];
  return splitGuardedText(text, tagSuffix).map((part) => ({
    text: part.text,
    role,
    isTagged: part.isGuarded && GUARDED_ROLES.has(role),
  }));
}

/** @param change gets the texts in order. Tags in a file are a part of its text. */
function mapTexts(
  message: ChatMessageDto,
  { files, documents }: ReadFiles,
  change: (text: string, isFile: boolean) => string,
): ChatMessageDto {
  const { content } = message;
  const changed = mapContentTexts(
    content,
    (text) => change(text, false),
    (part, changedPart) => {
      const document = files.get(part)?.document;
      if (document === undefined) return changedPart;
      const named = namedDocument(document, documents.get(document), (text) => change(text, true));
      const { text } = named.source;
      if (text != null) return textToDocumentElement(named, text);
      return named.name === document.name ? changedPart : renamedFile(changedPart, named.name);
    },
  );
  return changed === content ? message : Object.assign({}, message, { content: changed });
}

/** Images in the request itself. Nobody knows what an address will lead to. */
function imagesOf(messages: readonly ChatMessageDto[], { files, documents }: ReadFiles): GuardedImage[] {
  return messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => listOf(content))
    .flatMap((part) => {
      const document = files.get(part)?.document;
      return document === undefined ? imageIn(part) : picturesOf(documents.get(document));
    });
}

/** An image stands in an object or alone, or comes as a file. */
function imageIn(part: unknown): GuardedImage[] {
  const { image_url: image } = objectOf(part) ?? {};
  const found = dataImage(objectOf(image)?.['url'] ?? image ?? fileIn(part)?.data);
  return found === undefined ? [] : [found];
}
