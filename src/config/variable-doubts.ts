import { editDistance } from './edit-distance.js';
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

/** What nobody sets for another program than one that speaks to an OpenAI-compatible server. */
const OURS = /^(?:OPENAI|UPSTREAM)_/i;
const OF_FILE = /^OPENAI_/i;
/** Kubernetes sets these in every pod beside a Service that is called `openai` or `upstream`. */
const SERVICE_LINK = /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_(?:TCP|UDP)\w*)$/;
const UNIT = /_(?:MS|S|SECS?|SECONDS?|MIN|MINUTES?|MB|KB|GB|BYTES)$/;
/** Shorter names are near to those of too many programs. */
const MIN_LETTERS = 7;

export interface VariableFacts {
  /** Names that are set, and that the configuration file does not refer to. */
  readonly names: readonly string[];
  /** The file replaces `OPENAI_…`. */
  readonly hasFile: boolean;
}

/** Variables that are set and not read, though the proxy was meant by them: a sentence each. */
export function doubtsAboutVariables({ names, hasFile }: VariableFacts): string[] {
  const known = Object.keys(new Environment());
  return names.flatMap((name) => {
    if (known.includes(name) || SERVICE_LINK.test(name) || (hasFile && OF_FILE.test(name))) return [];
    const meant = meantBy(name, known);
    if (meant !== undefined) return [`${name} is not read. Did you mean ${meant}?`];
    return OURS.test(name) ? [`${name} is not read: there is no such setting`] : [];
  });
}

function meantBy(name: string, known: readonly string[]): string | undefined {
  const otherName = OTHER_NAMES[name.toUpperCase()];
  if (otherName !== undefined) return otherName;
  const letters = lettersOf(name);
  const distances = known
    .filter((candidate) => lettersOf(candidate).length >= MIN_LETTERS)
    .map((candidate) => ({ candidate, distance: editDistance(letters, lettersOf(candidate)) }));
  const nearest = distances.toSorted((one, other) => one.distance - other.distance)[0];
  const mostEdits = OURS.test(name) ? 3 : 1;
  return nearest !== undefined && nearest.distance <= mostEdits ? nearest.candidate : undefined;
}

/** What is left when case, underscores and a unit make no difference. */
function lettersOf(name: string): string {
  return name.toUpperCase().replace(UNIT, '').replaceAll(/[_.-]/g, '');
}
