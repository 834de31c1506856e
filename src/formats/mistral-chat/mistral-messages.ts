import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { MessageDto } from '../../bedrock/converse/message.dto.js';
import { STRUCTURE } from '../../bedrock/validation/rule.js';
import { dataUriToImage } from '../data-uri.js';
import { addressToImage } from '../image-address.js';
import type { NativePaths } from '../native-paths.js';
import { invalid } from '../refuse.js';
import type {
  MistralAssistantMessageDto,
  MistralContent,
  MistralMessage,
  MistralToolCallDto,
  MistralToolMessageDto,
} from './mistral-message.dto.js';

/** The messages → Converse's: system messages at the start become `system`, tool messages the user's results. */
export function addMessages(
  request: ConverseRequestDto,
  messages: readonly MistralMessage[],
  paths: NativePaths,
): void {
  const first = messages.findIndex(({ role }) => role !== 'system');
  const leading = first === -1 ? messages.length : first;
  const converted = messages.map((message, index) => {
    const path = `messages.${index}`;
    return paths.from(path, toMessage(message, path, paths));
  });
  const system = converted
    .slice(0, leading)
    .flatMap(({ content }) => content.map(({ text = '' }) => ({ text })));
  if (system.length > 0) request.system = paths.from('messages.0.content', system);
  request.messages = joinedResults(converted.slice(leading), paths);
}

function toMessage(message: MistralMessage, path: string, paths: NativePaths): MessageDto {
  if (message.role === 'assistant') {
    return { role: 'assistant', content: assistantContent(message, path, paths) };
  }
  if (message.role === 'tool') return { role: 'user', content: [toolResult(message, path, paths)] };
  return { role: message.role, content: contentBlocks(message.content, `${path}.content`, paths) };
}

function contentBlocks(content: MistralContent, path: string, paths: NativePaths): ContentBlockDto[] {
  if (typeof content === 'string') return [paths.from(path, { text: content })];
  return content.map((part, index) => {
    const partPath = `${path}.${index}`;
    const block =
      part.type === 'text' ? { text: part.text } : imageBlock(part.image_url, `${partPath}.image_url`, paths);
    return paths.from(partPath, block);
  });
}

function imageBlock(image: unknown, path: string, paths: NativePaths): ContentBlockDto {
  if (typeof image === 'string') return urlToImage(image, path, paths);
  const url = STRUCTURE.accepts(image) ? image['url'] : undefined;
  if (typeof url !== 'string') throw invalid(path, 'it is neither a URL nor an object with one.');
  return urlToImage(url, `${path}.url`, paths);
}

function urlToImage(url: string, path: string, paths: NativePaths): ContentBlockDto {
  if (url.startsWith('data:')) return dataUriToImage(url, path);
  return { image: paths.from(path, addressToImage(url, path), { source: path }) };
}

function assistantContent(
  { content, tool_calls }: MistralAssistantMessageDto,
  path: string,
  paths: NativePaths,
): ContentBlockDto[] {
  const blocks = content == null || content === '' ? [] : contentBlocks(content, `${path}.content`, paths);
  const calls = (tool_calls ?? []).map((call, index) => {
    const callPath = `${path}.tool_calls.${index}`;
    return paths.from(callPath, toolUse(call, `${callPath}.function.arguments`));
  });
  return [...blocks, ...calls];
}

function toolUse(
  { id, function: { name, arguments: input } }: MistralToolCallDto,
  path: string,
): ContentBlockDto {
  return {
    toolUse: {
      toolUseId: id,
      name,
      input: typeof input === 'string' ? parseArguments(input, path) : (input ?? {}),
    },
  };
}

function parseArguments(text: string, path: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(path, 'it is not JSON.');
  }
}

function toolResult(
  { content, tool_call_id }: MistralToolMessageDto,
  path: string,
  paths: NativePaths,
): ContentBlockDto {
  const texts = typeof content === 'string' ? [content] : content.map(({ text }) => text);
  return paths.from(path, {
    toolResult: { toolUseId: tool_call_id, content: texts.map((text) => ({ text })) },
  });
}

/** Converse wants all results of a turn in one message. */
function joinedResults(messages: readonly MessageDto[], paths: NativePaths): MessageDto[] {
  const joined: MessageDto[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last !== undefined && holdsResults(last) && holdsResults(message))
      last.content.push(...message.content);
    else joined.push(message);
  }
  return paths.from('messages', joined);
}

function holdsResults({ content }: MessageDto): boolean {
  return content.some(({ toolResult }) => toolResult !== undefined);
}
