import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { SystemContentBlockDto } from '../bedrock/converse/system-content-block.dto.js';
import type { ToolResultBlockDto } from '../bedrock/converse/tool-result-block.dto.js';

const TAG = 'amazon-bedrock-guardrails-guardContent_';

interface PlainText {
  text: string;
}

interface GuardContent {
  guardContent: { text: { text: string } };
}

/**
 * Makes the texts between guard tags `guardContent`, and removes the tags. A tag without its other half is removed as
 * well. Texts of the assistant cannot be guarded, so they only lose the tags.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-input-tagging-base-inference.html
 * @param tagSuffix letters and digits
 */
export function markGuardedText(request: ConverseRequestDto, tagSuffix: string): void {
  const tags = new GuardTags(tagSuffix);
  for (const message of request.messages ?? []) {
    const isAssistant = message.role === 'assistant';
    message.content = message.content.flatMap((block) => {
      if (block.toolResult != null) removeTags(block.toolResult.content, tags);
      if (block.text == null || !tags.isIn(block.text)) return [block];
      return isAssistant ? [{ text: tags.removedFrom(block.text) }] : tags.split(block.text);
    });
  }
  request.system = request.system?.flatMap((block): SystemContentBlockDto[] =>
    block.text != null && tags.isIn(block.text) ? tags.split(block.text) : [block],
  );
}

/** A text without guard tags. */
export function withoutGuardTags(text: string, tagSuffix: string): string {
  return new GuardTags(tagSuffix).removedFrom(text);
}

/** A text in its parts between guard tags, without the tags. */
export function splitGuardedText(text: string, tagSuffix: string): { text: string; isGuarded: boolean }[] {
  const tags = new GuardTags(tagSuffix);
  if (!tags.isIn(text)) return [{ text, isGuarded: false }];
  return tags
    .split(text)
    .map((part) =>
      'guardContent' in part
        ? { text: part.guardContent.text.text, isGuarded: true }
        : { text: part.text, isGuarded: false },
    );
}

function removeTags(content: ToolResultBlockDto['content'], tags: GuardTags): void {
  for (const block of content) {
    if (block.text != null && tags.isIn(block.text)) block.text = tags.removedFrom(block.text);
  }
}

class GuardTags {
  private readonly start: string;
  private readonly end: string;
  private readonly tag: RegExp;

  constructor(suffix: string) {
    this.start = `<${TAG}${suffix}>`;
    this.end = `</${TAG}${suffix}>`;
    this.tag = new RegExp(`(</?${TAG}${suffix}>)`, 'g');
  }

  isIn(text: string): boolean {
    return text.includes(TAG);
  }

  /** A text is guarded between a start tag and the end tag that comes next. */
  split(text: string): (GuardContent | PlainText)[] {
    // with the parentheses of the pattern, every second part is a tag
    const parts = text.split(this.tag);
    return parts.flatMap((part, index): (GuardContent | PlainText)[] => {
      if (index % 2 === 1 || part === '') return [];
      const isGuarded = parts[index - 1] === this.start && parts[index + 1] === this.end;
      return [isGuarded ? { guardContent: { text: { text: part } } } : { text: part }];
    });
  }

  removedFrom(text: string): string {
    return text.replaceAll(this.tag, '');
  }
}
