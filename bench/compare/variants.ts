import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../src/cli/node-flags.ts';

/** One way to run the proxy: a build, the options of Node, and settings. */
export interface Variant {
  readonly name: string;
  readonly proxyEntry: string;
  readonly nodeFlags: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

export interface CompareOptions {
  /** The first is what the others are compared with. */
  readonly variants: readonly Variant[];
  readonly cases: readonly string[];
  readonly rounds: number;
  /** Fresh ones of each variant, over which the rounds are spread. */
  readonly processes: number;
  /** Of one measurement at saturation. */
  readonly seconds: number;
  /** Of one measurement at the case's fixed rate; 0: none. */
  readonly pacedSeconds: number;
  readonly warmUpSeconds: number;
}

/** `build` in a setting of a variant, where none is given. */
const OWN_BUILD = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** @throws Error for an option that is not known or cannot be read */
export function readCompareOptions(args: string[]): CompareOptions {
  const { values } = parseArgs({
    args,
    options: {
      variant: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', default: 'S,M' },
      rounds: { type: 'string', default: '20' },
      processes: { type: 'string', default: '4' },
      seconds: { type: 'string', default: '1' },
      'paced-seconds': { type: 'string', default: '0' },
      'warm-up-seconds': { type: 'string', default: '5' },
    },
  });
  if (values.variant.length < 2) throw new Error('Wanted two or more --variant name;proxy=path;flag=--flag');
  return {
    variants: values.variant.map(readVariant),
    cases: values.only.split(','),
    rounds: Number(values.rounds),
    processes: Number(values.processes),
    seconds: Number(values.seconds),
    pacedSeconds: Number(values['paced-seconds']),
    warmUpSeconds: Number(values['warm-up-seconds']),
  };
}

/**
 * `name`, then any of `;proxy=path/main.js`, `;flag=--flag` (instead of those of `npm start`), `;flag=none`,
 * `;env=NAME=value`.
 */
function readVariant(text: string): Variant {
  const [name = '', ...settings] = text.split(';');
  const of = (key: string): string[] =>
    settings
      .filter((setting) => setting.startsWith(`${key}=`))
      .map((setting) => setting.slice(key.length + 1));
  const [flags, proxies, variables] = [of('flag'), of('proxy'), of('env')];
  if (name === '' || flags.length + proxies.length + variables.length !== settings.length) {
    throw new Error(`--variant ${text}: wanted name, then ;proxy=path, ;flag=--flag or ;env=NAME=value`);
  }
  return {
    name,
    proxyEntry: proxies.at(-1) ?? OWN_BUILD,
    nodeFlags: flags.length > 0 ? flags.filter((flag) => flag !== 'none') : NODE_FLAGS,
    variables: Object.fromEntries(variables.map(readVariable)),
  };
}

function readVariable(text: string): [name: string, value: string] {
  const end = text.indexOf('=');
  return [text.slice(0, end), text.slice(end + 1)];
}
