import { splitGuardedText } from '../../formats/guarded-text.js';
import type { GuardedContent, GuardedImage } from '../../guardrails/guarded-content.js';
import { objectOf, objectsOf } from '../../translation/json-value.js';
import type { ExaminedScope } from '../guardrails/guarded-request.js';
import type { ChatMessageDto } from './chat-completion-request.dto.js';
import { mapMessageTexts } from './message-texts.js';

/** The texts of these can be guarded; of all others only the tags are removed. */
const GUARDED_ROLES: ReadonlySet<string> = new Set(['user', 'system', 'developer']);
const DATA_URI = /^data:(image\/[\w.+-]+);base64,/;

interface TextPart {
  readonly text: string;
  readonly role: string;
  readonly isTagged: boolean;
}

/** The messages of a request on their way through a guardrail. */
export interface GuardedMessages {
  readonly content: GuardedContent;
  /** The messages with other texts in place of those of `content`, in the same order, and without tags. */
  withTexts(texts: readonly string[]): ChatMessageDto[];
}

/**
 * What is examined of messages: texts between the tags of the suffix, or without such texts the texts and images of all
 * user messages; of a prompt, the texts of all messages.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-input-tagging-base-inference.html
 */
export function guardedMessages(
  messages: readonly ChatMessageDto[],
  tagSuffix: string | undefined,
  scope: ExaminedScope,
): GuardedMessages {
  const parts = textParts(messages, tagSuffix);
  const hasTags = parts.some(({ isTagged }) => isTagged);
  const isExamined = ({ role, isTagged }: TextPart): boolean =>
    hasTags ? isTagged : scope === 'all' || role === 'user';
  const texts = parts.filter(isExamined).map(({ text }) => ({ text, isGuarded: true }));
  return {
    content: { texts, images: hasTags ? [] : imagesOf(messages) },
    withTexts: (changed) => {
      const rest = [...changed];
      // in the order of textParts
      const sent = parts.map((part) => (isExamined(part) ? (rest.shift() ?? '') : part.text));
      return messages.map((message) =>
        mapMessageTexts(message, ['content'], (text) =>
          sent.splice(0, partsOf(text, message.role, tagSuffix).length).join(''),
        ),
      );
    },
  };
}

function textParts(messages: readonly ChatMessageDto[], tagSuffix: string | undefined): TextPart[] {
  const parts: TextPart[] = [];
  for (const message of messages) {
    mapMessageTexts(message, ['content'], (text) => {
      parts.push(...partsOf(text, message.role, tagSuffix));
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

/** Images in the request itself. Nobody knows what an address will lead to. */
function imagesOf(messages: readonly ChatMessageDto[]): GuardedImage[] {
  return messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => objectsOf(content))
    .flatMap(({ image_url: image }) => {
      const url = objectOf(image)?.['url'];
      const [prefix, mediaType] = (typeof url === 'string' && DATA_URI.exec(url)) || [];
      return typeof url === 'string' && prefix !== undefined && mediaType !== undefined
        ? [{ mediaType, base64: url.slice(prefix.length) }]
        : [];
    });
}
