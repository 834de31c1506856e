import type { InvokeFormatName } from '../config/invoke-format-names.js';
import { ANTHROPIC_MESSAGES } from './anthropic-messages/anthropic-messages.js';
import type { DirectFormat } from './direct-format.js';
import type { HubFormat } from './hub-format.js';
import { ANTHROPIC_TEXT } from './anthropic-text/anthropic-text.js';
import { COMMAND } from './command/command.js';
import { COMMAND_R } from './command-r/command-r.js';
import { LLAMA } from './llama/llama.js';
import { MISTRAL_CHAT } from './mistral-chat/mistral-chat.js';
import { MISTRAL_TEXT } from './mistral-text/mistral-text.js';
import { NOVA } from './nova/nova.js';
import { OPENAI_CHAT } from './openai-chat/openai-chat.js';
import { TEXT_COMPLETION } from './text-completion/text-completion.js';
import { TITAN_TEXT } from './titan-text/titan-text.js';

export type NativeFormat = HubFormat | DirectFormat;

/**
 * The one list of native formats. A body has the first format that matches it, so a format with a signature of its own
 * stands before those that look alike.
 */
export const FORMATS: readonly NativeFormat[] = [
  ANTHROPIC_TEXT,
  ANTHROPIC_MESSAGES,
  TITAN_TEXT,
  NOVA,
  COMMAND_R,
  LLAMA,
  MISTRAL_TEXT,
  COMMAND,
  TEXT_COMPLETION,
  MISTRAL_CHAT,
  OPENAI_CHAT,
];

/** The format of the doors of Anthropic's own API. */
export const MESSAGES_FORMAT: HubFormat = ANTHROPIC_MESSAGES;

const BY_NAME = new Map(FORMATS.map((format) => [format.name, format]));

export function formatNamed(name: InvokeFormatName): NativeFormat {
  const format = BY_NAME.get(name);
  if (format === undefined) throw new Error(`No format has the name ${name}`);
  return format;
}
