import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ConfigFileDto } from './config-file.dto.js';
import { ConfigFileError } from './config-file.error.js';
import { explainErrors } from './explain-errors.js';
import { readYaml } from './read-yaml.js';

/**
 * YAML, or JSON, which is YAML too → a checked file, whose references are still to be followed.
 * @throws ConfigMistakes
 */
export function parseConfigFile(text: string): ConfigFileDto {
  const file = plainToInstance(ConfigFileDto, readYaml(text));
  const errors = validateSync(file, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const mistakes = errors.flatMap((error) => explainErrors(error));
  if (mistakes.length > 0) throw new ConfigFileError(mistakes);
  return file;
}
