import { Environment } from './environment.js';

/** Names that other programs use for the same thing. */
const OTHER_NAMES: Readonly<Record<string, keyof Environment>> = {
  OPENAI_BASE_URL: 'OPENAI_API_BASE',
  OPENAI_API_BASE_URL: 'OPENAI_API_BASE',
  OPENAI_API_URL: 'OPENAI_API_BASE',
  OPENAI_API_HOST: 'OPENAI_API_BASE',
  OPENAI_ENDPOINT: 'OPENAI_API_BASE',
  OPENAI_HOST: 'OPENAI_API_BASE',
  OPENAI_URL: 'OPENAI_API_BASE',
  UPSTREAM_BASE_URL: 'OPENAI_API_BASE',
  UPSTREAM_HOST: 'OPENAI_API_BASE',
  UPSTREAM_URL: 'OPENAI_API_BASE',
  OPENAI_API_TOKEN: 'OPENAI_API_KEY',
  OPENAI_KEY: 'OPENAI_API_KEY',
  OPENAI_TOKEN: 'OPENAI_API_KEY',
  UPSTREAM_API_KEY: 'OPENAI_API_KEY',
  UPSTREAM_KEY: 'OPENAI_API_KEY',
  OPENAI_API_TYPE: 'OPENAI_DIALECT',
  OPENAI_PROVIDER: 'OPENAI_DIALECT',
  UPSTREAM_DIALECT: 'OPENAI_DIALECT',
  OPENAI_MAX_RETRIES: 'UPSTREAM_MAX_RETRIES',
  OPENAI_TIMEOUT: 'UPSTREAM_TIMEOUT_MS',
};

/** Prefixes of variables that are meant for a program that calls an OpenAI-compatible server. */
const OURS = /^(?:OPENAI|UPSTREAM)_/i;
const OF_FILE = /^OPENAI_/i;
/** Variables that Kubernetes sets in every pod when a Service is named `openai` or `upstream`. */
const SERVICE_LINK = /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_(?:TCP|UDP)\w*)$/;
const UNIT = /_(?:MS|S|SECS?|SECONDS?|MIN|MINUTES?|MB|KB|GB|BYTES)$/;
/** Shorter names resemble the variables of too many other programs. */
const MIN_LETTERS = 7;

export interface VariableFacts {
  /** Names that are set, and that the configuration file does not refer to. */
  readonly names: readonly string[];
  /** Whether `CONFIG_FILE` is set, which replaces `OPENAI_…`. */
  readonly hasFile: boolean;
}

/** One warning for each variable that is not read although it was probably meant for the proxy. */
export function unreadVariableWarnings({ names, hasFile }: VariableFacts): string[] {
  const known = new Map(Object.keys(new Environment()).map((name) => [name, lettersOf(name)]));
  return names.flatMap((name) => {
    if (known.has(name) || SERVICE_LINK.test(name) || (hasFile && OF_FILE.test(name))) return [];
    const meant = meantBy(name, known);
    if (meant !== undefined) return [`${name} is not read. Did you mean ${meant}?`];
    return OURS.test(name) ? [`${name} is not read: there is no such setting`] : [];
  });
}

/** @param known the variables and their letters */
function meantBy(name: string, known: ReadonlyMap<string, string>): string | undefined {
  const otherName = OTHER_NAMES[name.toUpperCase()];
  if (otherName !== undefined) return otherName;
  const letters = lettersOf(name);
  const mostEdits = OURS.test(name) ? 3 : 1;
  // each letter more or less is an edit, which spares most comparisons at every start
  const distances = [...known]
    .filter(
      ([, other]) => other.length >= MIN_LETTERS && Math.abs(other.length - letters.length) <= mostEdits,
    )
    .map(([candidate, other]) => ({ candidate, distance: editDistance(letters, other) }));
  const nearest = distances.toSorted((one, other) => one.distance - other.distance)[0];
  return nearest !== undefined && nearest.distance <= mostEdits ? nearest.candidate : undefined;
}

/** The name in upper case, without separators and unit. */
function lettersOf(name: string): string {
  return name.toUpperCase().replace(UNIT, '').replaceAll(/[_.-]/g, '');
}

/** Levenshtein distance: the insertions, deletions and changes that turn `one` into `other`. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 0; row < one.length; row += 1) {
    const current = [row + 1];
    for (let column = 0; column < other.length; column += 1) {
      const changed = (above[column] ?? 0) + (one[row] === other[column] ? 0 : 1);
      current.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}
