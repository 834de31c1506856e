import { dirname, resolve } from 'node:path';
import type { ConfigFileDto } from './config-file.dto.js';
import { fileErrorToReason, type ReadFiles } from './read-files.js';
import { S3_SECRETS } from './s3-problems.js';

/** The secrets that a configuration file refers to. */
export interface Secrets {
  /** Path of the reference in the file, such as `upstreams.openai.apiKeyEnv` → the secret. */
  readonly values: ReadonlyMap<string, string>;
  /** One line each, without the reference itself, since a secret may have been put there by mistake. */
  readonly problems: readonly string[];
}

export interface SecretSources {
  /** Path of the configuration file. Relative paths in it start at its directory. */
  readonly configFile: string;
  readonly files: ReadFiles;
  readonly readVariable: (name: string) => string | undefined;
}

export async function readSecrets(file: ConfigFileDto, sources: SecretSources): Promise<Secrets> {
  const values = new Map<string, string>();
  const problems: string[] = [];
  for (const reference of [...upstreamReferences(file), ...clientReferences(file), ...s3References(file)]) {
    const secret = await readSecret(reference, sources);
    if ('value' in secret) values.set(reference.path, secret.value);
    else problems.push(`${reference.path}: ${secret.problem}`);
  }
  return { values, problems };
}

interface Reference {
  readonly path: string;
  readonly in: 'environment' | 'file';
  readonly at: string;
  /** The characters that the secret may contain. */
  readonly form: RegExp;
}

/** Visible ASCII, because the key is sent in a header. S3's secret is not sent, but has these characters too. */
const API_KEY = /^[\x21-\x7e]+$/;
const ONE_LINE = /^\P{Cc}+$/u;

function upstreamReferences({ upstreams }: ConfigFileDto): Reference[] {
  const references: Reference[] = [];
  for (const [name, { apiKeyEnv, apiKeyFile }] of upstreams) {
    const path = `upstreams.${name}`;
    if (apiKeyEnv != null)
      references.push({ path: `${path}.apiKeyEnv`, in: 'environment', at: apiKeyEnv, form: API_KEY });
    if (apiKeyFile != null)
      references.push({ path: `${path}.apiKeyFile`, in: 'file', at: apiKeyFile, form: API_KEY });
  }
  return references;
}

function clientReferences({ clients }: ConfigFileDto): Reference[] {
  return (clients ?? []).flatMap(({ secretFile }, index): Reference[] =>
    secretFile == null
      ? []
      : [{ path: `clients.${index}.secretFile`, in: 'file', at: secretFile, form: ONE_LINE }],
  );
}

function s3References({ s3 }: ConfigFileDto): Reference[] {
  const references: Reference[] = [];
  for (const name of s3 == null ? [] : S3_SECRETS) {
    const [variable, file] = [s3?.[`${name}Env`], s3?.[`${name}File`]];
    if (variable != null)
      references.push({ path: `s3.${name}Env`, in: 'environment', at: variable, form: API_KEY });
    if (file != null) references.push({ path: `s3.${name}File`, in: 'file', at: file, form: API_KEY });
  }
  return references;
}

type Secret = { readonly value: string } | { readonly problem: string };

async function readSecret(reference: Reference, sources: SecretSources): Promise<Secret> {
  if (reference.in === 'environment') {
    const value = sources.readVariable(reference.at);
    return value === undefined ? { problem: 'the variable is not set, or empty' } : checked(value, reference);
  }
  try {
    const text = await sources.files.read(resolve(dirname(sources.configFile), reference.at));
    // editors and shells end a file with a newline, which is not part of the secret
    return checked(text.replace(/\r?\n$/, ''), reference);
  } catch (error) {
    return { problem: fileErrorToReason(error) };
  }
}

function checked(value: string, { form }: Reference): Secret {
  if (value === '') return { problem: 'is empty' };
  return form.test(value) ? { value } : { problem: 'holds characters that no such secret has' };
}
