import type { InvokeFormatName } from '../config/invoke-format-names.js';
import { ANTHROPIC_MESSAGES } from './anthropic-messages/anthropic-messages.js';
import type { DirectFormat } from './direct-format.js';
import type { EmbeddingFormat } from './embedding-format.js';
import { COHERE_EMBEDDINGS } from './embeddings/cohere/cohere.js';
import { MARENGO_EMBEDDINGS } from './embeddings/marengo/marengo.js';
import { NOVA_EMBEDDINGS } from './embeddings/nova/nova-embeddings.js';
import { OPENAI_EMBEDDINGS } from './embeddings/openai/openai-embeddings.js';
import { TITAN_IMAGE_EMBEDDINGS } from './embeddings/titan-image/titan-image.js';
import { TITAN_TEXT_EMBEDDINGS } from './embeddings/titan-text/titan-text.js';
import type { HubFormat } from './hub-format.js';
import { ANTHROPIC_TEXT } from './anthropic-text/anthropic-text.js';
import { COMMAND } from './command/command.js';
import { COMMAND_R } from './command-r/command-r.js';
import type { ImageGenerationFormat } from './image-generation-format.js';
import { AMAZON_IMAGE } from './images/amazon-image.js';
import { STABILITY_IMAGE } from './images/stability-image.js';
import { LLAMA } from './llama/llama.js';
import { MISTRAL_CHAT } from './mistral-chat/mistral-chat.js';
import { MISTRAL_TEXT } from './mistral-text/mistral-text.js';
import { NOVA } from './nova/nova.js';
import { OPENAI_CHAT } from './openai-chat/openai-chat.js';
import type { RerankFormat } from './rerank-format.js';
import { AMAZON_RERANK, COHERE_RERANK } from './rerank/rerank.js';
import { TEXT_COMPLETION } from './text-completion/text-completion.js';
import { TITAN_TEXT } from './titan-text/titan-text.js';

export type NativeFormat = HubFormat | DirectFormat | EmbeddingFormat | RerankFormat | ImageGenerationFormat;

/**
 * The one list of native formats. A body has the first format that matches it, so a format with a signature of its own
 * stands before those that look alike.
 */
export const FORMATS: readonly NativeFormat[] = [
  ANTHROPIC_TEXT,
  ANTHROPIC_MESSAGES,
  NOVA_EMBEDDINGS,
  MARENGO_EMBEDDINGS,
  TITAN_IMAGE_EMBEDDINGS,
  TITAN_TEXT_EMBEDDINGS,
  COHERE_EMBEDDINGS,
  OPENAI_EMBEDDINGS,
  AMAZON_RERANK,
  COHERE_RERANK,
  AMAZON_IMAGE,
  STABILITY_IMAGE,
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
