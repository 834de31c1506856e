import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ConfigFileDto } from './config-file.dto.js';
import { ConfigFileError } from './config-file.error.js';
import { explainErrors } from './explain-errors.js';
import { readYaml } from './read-yaml.js';

/**
 * YAML or JSON text → a validated file, whose references are not resolved yet.
 * @throws ConfigFileError
 */
export function parseConfigFile(text: string): ConfigFileDto {
  const file = plainToInstance(ConfigFileDto, readYaml(text));
  const errors = validateSync(file, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const problems = errors.flatMap((error) => explainErrors(error));
  if (problems.length > 0) throw new ConfigFileError(problems);
  return file;
}
