import type { InvokeFormatName } from '../config/invoke-format-names.js';
import type { FormatClues } from './detect-format.js';
import { formatNamed, type NativeFormat } from './format-registry.js';
import { modelFamily } from './model-family.js';

/** Whether a request is one text or a chat: some models have a format for each. */
export type RequestKind = 'TEXT' | 'CHAT';

const CHAT_COMPLETIONS: InvokeFormatName = 'openai-chat';

const BY_MAKER: Readonly<Record<string, Readonly<Record<RequestKind, InvokeFormatName>>>> = {
  anthropic: { TEXT: 'anthropic-messages', CHAT: 'anthropic-messages' },
  meta: { TEXT: 'llama', CHAT: 'llama' },
  mistral: { TEXT: 'mistral-text', CHAT: 'mistral-chat' },
  cohere: { TEXT: 'command', CHAT: 'command-r' },
  deepseek: { TEXT: 'text-completion', CHAT: CHAT_COMPLETIONS },
  writer: { TEXT: 'text-completion', CHAT: CHAT_COMPLETIONS },
};

/** Beginnings of names whose maker has several formats. */
const BY_NAME: readonly (readonly [beginning: string, format: InvokeFormatName])[] = [
  ['amazon.nova', 'nova'],
  ['amazon.titan-text', 'titan-text'],
  ['cohere.command-r', 'command-r'],
];

/** The format in which a model answers a request that has no native body: that of its rule, else that of its maker. */
export function formatOfModel({ modelId, invokeFormat }: FormatClues, kind: RequestKind): NativeFormat {
  if (invokeFormat !== undefined) return formatNamed(invokeFormat);
  const { maker = '', name } = modelFamily(modelId);
  const [, named] = BY_NAME.find(([beginning]) => name.startsWith(beginning)) ?? [];
  const ofMaker = Object.hasOwn(BY_MAKER, maker) ? BY_MAKER[maker]?.[kind] : undefined;
  return formatNamed(named ?? ofMaker ?? CHAT_COMPLETIONS);
}
