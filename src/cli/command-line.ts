import { parseArgs, type ParseArgsConfig } from 'node:util';
import { OPTIONS, PROGRAM, type Option, type OptionName } from './options.js';
import { UsageError } from './usage.error.js';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'script'; readonly script: Script; readonly args: readonly string[] }
  | { readonly kind: 'start'; readonly options: StartOptions };

/** Programs of their own, beside the service. */
type Script = 'key-new.js' | 'config-check.js';

export type StartOptions = { readonly [Name in OptionName]?: string | boolean };

const SUBCOMMANDS: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['key new', 'key-new.js'],
  ['config check', 'config-check.js'],
]);

/**
 * The arguments after the program's name → what they ask for.
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[]): Command {
  const script = SUBCOMMANDS.get(args.slice(0, 2).join(' '));
  if (script !== undefined) return { kind: 'script', script, args: args.slice(2) };
  const options = readOptions(args);
  if (options.help === true) return { kind: 'help' };
  if (options.version === true) return { kind: 'version' };
  if (options.config !== undefined) refuseBesideConfig(options);
  return { kind: 'start', options };
}

function readOptions(args: readonly string[]): StartOptions {
  try {
    return parseArgs({ args: [...args], options: parserOptions(), allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UsageError(`${message}\nSee ${PROGRAM} --help`, { cause: error });
  }
}

function parserOptions(): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    OPTIONS.map(({ name, value }: Option) => [name, { type: value === undefined ? 'boolean' : 'string' }]),
  );
}

/** A configuration file says by itself what these say. */
function refuseBesideConfig(options: StartOptions): void {
  for (const name of ['upstream', 'dialect', 'models', 'discover'] as const) {
    if (options[name] !== undefined) throw new UsageError(`--${name} and --config cannot be used together`);
  }
}
