import type { CallOrigin } from '../../src/inspector/call.ts';
import { originOf } from '../../src/inspector/origin-of.ts';

/** Which members of the two requests belong together, by what the mappers recorded. */
export class Links {
  constructor(private readonly origins: readonly CallOrigin[]) {}

  /** A path of the chat request → paths of the client's request, or words. */
  sourcesOf(chatPath: string): readonly string[] {
    return originOf(chatPath, this.origins);
  }

  /** Whether a member of the chat request has come from a member of the client's, or from inside of it. */
  isFrom(chatPath: string, clientPath: string): boolean {
    return this.sourcesOf(chatPath).some(
      (source) => isWithin(source, clientPath) || isWithin(clientPath, source),
    );
  }
}

export function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/** `messages.*.content.*.cachePoint` matches paths with any index. */
export function matchesCollapsed(path: string, collapsed: string): boolean {
  const parts = path.split('.');
  const pattern = collapsed.split('.');
  return parts.length === pattern.length && pattern.every((part, at) => part === '*' || part === parts[at]);
}

/**
 * Members of the two answers that belong together, by the rules of the translation: Bedrock's on the left. `*` is any
 * index. Of a block, the chat answer has one text and a list of calls.
 */
const ANSWERS: readonly (readonly [bedrock: RegExp, chat: RegExp])[] = [
  [/^output\.message\.content\.\d+\.text$/, /^choices\.0\.message\.content/],
  [/^output\.message\.content\.\d+\.toolUse/, /^choices\.0\.message\.tool_calls/],
  [/^output\.message\.content\.\d+\.reasoningContent/, /^choices\.0\.message\.(?:reasoning|thinking)/],
  [/^output\.message\.role$/, /^choices\.0\.message\.role$/],
  [/^(?:stopReason|stop_reason)$/, /^choices\.0\.finish_reason$/],
  [/^usage\.(?:inputTokens|input_tokens)$/, /^usage\.prompt_tokens$/],
  [/^usage\.(?:outputTokens|output_tokens)$/, /^usage\.completion_tokens$/],
  [/^usage\.totalTokens$/, /^usage\.total_tokens$/],
  [/^usage\.cache/, /^usage\.prompt_tokens_details/],
  [/^content\.\d+\.text$/, /^choices\.0\.message\.content/],
];

export function areLinkedAnswers(bedrock: string, chat: string): boolean {
  return ANSWERS.some(([left, right]) => left.test(bedrock) && right.test(chat));
}
