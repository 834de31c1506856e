import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import type { ModelFamily } from './model-family.js';

type PromptFormatName = Extract<InvokeFormatName, 'command' | 'llama' | 'mistral-text' | 'text-completion'>;

const BY_MAKER: Readonly<Record<string, PromptFormatName>> = {
  meta: 'llama',
  mistral: 'mistral-text',
  cohere: 'command',
  deepseek: 'text-completion',
  writer: 'text-completion',
};

/** Members that only one of the formats has. */
const OWN_MEMBERS: readonly (readonly [PromptFormatName, readonly string[]])[] = [
  ['llama', ['max_gen_len']],
  ['command', ['p', 'k', 'return_likelihoods', 'num_generations', 'stop_sequences']],
];

/**
 * Which of the formats whose body is a `prompt` and its parameters a body has: that of a member of its own, else that
 * of the model's maker, else Mistral's for `stop` and `max_tokens`. Undefined for any other body.
 */
export function promptFamily(body: JsonObject, { maker = '' }: ModelFamily): PromptFormatName | undefined {
  if (typeof body['prompt'] !== 'string') return undefined;
  const [own] =
    OWN_MEMBERS.find(([, members]) => members.some((member) => Object.hasOwn(body, member))) ?? [];
  if (own !== undefined) return own;
  if (Object.hasOwn(BY_MAKER, maker)) return BY_MAKER[maker];
  return Object.hasOwn(body, 'max_tokens') && Object.hasOwn(body, 'stop') ? 'mistral-text' : undefined;
}
