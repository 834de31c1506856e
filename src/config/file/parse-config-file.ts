import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { parseDocument } from 'yaml';
import { ConfigFileDto } from './config-file.dto.js';
import { ConfigMistakes } from './config-mistakes.js';

/**
 * YAML, or JSON, which is YAML too → a checked file.
 * @throws ConfigMistakes one line a mistake, with its path in the file
 */
export function parseConfigFile(text: string): ConfigFileDto {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    throw new ConfigMistakes(document.errors.map(({ message }) => firstLine(message)));
  const content: unknown = document.toJS({ maxAliasCount: 100 });
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    throw new ConfigMistakes(['the file must hold an object with upstreams and models']);
  }
  const file = plainToInstance(ConfigFileDto, content);
  const errors = validateSync(file, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const mistakes = errors.flatMap((error) => mistakesOf(error, ''));
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes);
  return file;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function mistakesOf(
  { property, constraints = {}, children = [] }: ValidationError,
  parent: string,
): string[] {
  const path = parent === '' ? property : `${parent}.${property}`;
  // class-validator names the property, which the path does already
  const own = Object.values(constraints).map((message) => `${path}: ${message.replace(`${property} `, '')}`);
  return [...own, ...children.flatMap((child) => mistakesOf(child, path))];
}
