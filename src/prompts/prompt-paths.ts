import type { PromptSettings } from '../config/prompt.js';

const OF_THE_PROMPT = /^(?:system|inferenceConfig|toolConfig|additionalModelRequestFields)(?:\.|$)/;
const MESSAGE = /^messages\.(?<index>\d+)(?<rest>.*)$/s;

/**
 * A path in a request that `fillPrompt` made → the path in the client's own request: the messages of the prompt come
 * first there. What the prompt itself holds has a path that begins with `prompt`.
 */
export function pathInRequest({ template }: PromptSettings, path: string): string {
  if (OF_THE_PROMPT.test(path)) return `prompt.${path}`;
  const { index, rest = '' } = MESSAGE.exec(path)?.groups ?? {};
  if (index === undefined) return path;
  const own = Number(index) - template.messages.length;
  return own < 0 ? `prompt.${path}` : `messages.${own}${rest}`;
}
