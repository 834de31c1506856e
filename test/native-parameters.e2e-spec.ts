import { readFileSync } from 'node:fs';
import { type DtoClass, membersOf } from '../src/bedrock/validation/dto-members.js';
import { AnthropicTextRequestDto } from '../src/formats/anthropic-text/anthropic-text-request.dto.js';
import { CommandRRequestDto } from '../src/formats/command-r/command-r-request.dto.js';
import { CommandRequestDto } from '../src/formats/command/command-request.dto.js';
import { FORMATS } from '../src/formats/format-registry.js';
import { LlamaRequestDto } from '../src/formats/llama/llama-request.dto.js';
import { MistralChatRequestDto } from '../src/formats/mistral-chat/mistral-chat-request.dto.js';
import {
  MistralAssistantMessageDto,
  MistralImagePartDto,
  MistralTextPartDto,
  MistralToolMessageDto,
} from '../src/formats/mistral-chat/mistral-message.dto.js';
import { MistralTextRequestDto } from '../src/formats/mistral-text/mistral-text-request.dto.js';
import { NovaRequestDto } from '../src/formats/nova/nova-request.dto.js';
import { TextCompletionRequestDto } from '../src/formats/text-completion/text-completion-request.dto.js';
import { TitanTextRequestDto } from '../src/formats/titan-text/titan-text-request.dto.js';

const FATES = new Set(['mapped', 'answered', 'reported', 'hint', 'refused']);

/** Members that are documented with Converse's. */
const OF_CONVERSE = ['messages', 'system', 'toolConfig'];

const MESSAGE_PATHS = [
  ['messages.*.role'],
  pathsOf(MistralAssistantMessageDto, 'messages.*'),
  pathsOf(MistralToolMessageDto, 'messages.*'),
  ['messages.*.content.*.type'],
  pathsOf(MistralTextPartDto, 'messages.*.content.*'),
  pathsOf(MistralImagePartDto, 'messages.*.content.*'),
].flat();

/** The paths of every member that a format knows, by its name. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  nova: pathsOf(NovaRequestDto).filter(
    (path) => !OF_CONVERSE.some((member) => path.startsWith(`${member}.`)),
  ),
  llama: pathsOf(LlamaRequestDto),
  'mistral-text': pathsOf(MistralTextRequestDto),
  'mistral-chat': [...new Set([...pathsOf(MistralChatRequestDto), ...MESSAGE_PATHS])],
  'titan-text': pathsOf(TitanTextRequestDto),
  command: pathsOf(CommandRequestDto),
  'command-r': pathsOf(CommandRRequestDto),
  'text-completion': pathsOf(TextCompletionRequestDto),
  'anthropic-text': pathsOf(AnthropicTextRequestDto),
};

const SECTIONS = readSections('docs/invoke-model.md');

describe('docs/invoke-model.md', () => {
  it('has a table for every format of its own', () => {
    expect([...SECTIONS.keys()].toSorted()).toEqual(Object.keys(PATHS).toSorted());
    const names = new Set<string>(FORMATS.map(({ name }) => name));
    expect([...SECTIONS.keys()].filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(Object.entries(PATHS))('has one row for every member of %s, and no other', (name, paths) => {
    const rows = SECTIONS.get(name) ?? [];
    expect(rows.map(({ path }) => path).toSorted()).toEqual([...paths].toSorted());
  });

  it('uses only the fates that are explained', () => {
    expect([...SECTIONS.values()].flat().filter(({ fate }) => !FATES.has(fate))).toEqual([]);
  });
});

interface Row {
  readonly path: string;
  readonly fate: string;
}

/** The name of a format → the rows of its table. */
function readSections(file: string): ReadonlyMap<string, Row[]> {
  const [, ...sections] = readFileSync(file, 'utf8').split(/^### .*$/m);
  return new Map(
    sections.map((section) => {
      const name = /^\s*`([\w-]+)`\./.exec(section)?.[1] ?? '';
      const rows = [...section.matchAll(/^\| `([^`]+)` +\| (\w+) +\|/gm)];
      return [name, rows.map(([, path = '', fate = '']) => ({ path, fate }))];
    }),
  );
}

/** `*` stands for the elements of a list and the values of a map. */
function pathsOf(dto: DtoClass, path = ''): string[] {
  return [...membersOf(dto)].flatMap(([name, kind]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (!('type' in kind)) return [here];
    const isList = Reflect.getMetadata('design:type', dto.prototype, name) === Array;
    return [here].concat(pathsOf(kind.type(), isList || kind.kind === 'map' ? `${here}.*` : here));
  });
}
