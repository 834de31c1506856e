import type { Environment } from '../config/environment.js';

/** An option of the command line. */
export interface Option {
  readonly name: string;
  /** What its value is called; absent for a switch. */
  readonly value?: string;
  readonly meaning: string;
  /** The variable that the service reads instead. */
  readonly variable?: keyof Environment;
}

export const OPTIONS = [
  {
    name: 'upstream',
    value: 'URL',
    meaning: 'base URL of the OpenAI-compatible server, as in http://127.0.0.1:11434/v1',
    variable: 'OPENAI_API_BASE',
  },
  {
    name: 'dialect',
    value: 'NAME',
    meaning: 'what kind of server it is: ollama, vllm, litellm, openai …',
    variable: 'OPENAI_DIALECT',
  },
  {
    name: 'models',
    value: 'MAP',
    meaning: 'auto: map the ids of Bedrock to the models of the server; or glob=model,glob=model',
  },
  { name: 'discover', meaning: 'look for a server on this machine, and take it if it is the only one' },
  {
    name: 'config',
    value: 'FILE',
    meaning: 'YAML file with upstreams, models and clients',
    variable: 'CONFIG_FILE',
  },
  { name: 'port', value: 'PORT', meaning: 'port of the proxy, 8000 by default', variable: 'PORT' },
  {
    name: 'inspector',
    meaning: 'show the last calls on a page of the management port',
    variable: 'INSPECTOR',
  },
  { name: 'help', meaning: 'print this text' },
  { name: 'version', meaning: 'print the version' },
] as const satisfies readonly Option[];

export type OptionName = (typeof OPTIONS)[number]['name'];

const COMMANDS = [
  ['', 'start the proxy'],
  ['key new NAME [--models GLOBS]', 'print new keys for a client'],
  ['config check [FILE]', 'say what is wrong with a configuration file'],
] as const;

/** The name of the command. */
export const PROGRAM = 'bedrock-to-openai-proxy';

/** The text of `--help`. */
export function helpText(): string {
  const options = OPTIONS.map((option: Option): [string, string] => [
    `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`,
    option.meaning + (option.variable === undefined ? '' : ` (${option.variable})`),
  ]);
  return [
    'Runs applications written for Amazon Bedrock on any OpenAI-compatible server.',
    '',
    ...columns(COMMANDS.map(([command, meaning]) => [`${PROGRAM} ${command}`.trim(), meaning])),
    '',
    'Options of the start, each with the environment variable that it sets:',
    ...columns(options),
    '',
    'Further settings are environment variables, or lines of a file .env; the README lists them.',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
