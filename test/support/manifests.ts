import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const DEPLOY = new URL('../../deploy/', import.meta.url);

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
}

/** The manifests of a kustomization and of what it refers to, file by file, without its patches and generators. */
export function manifestsAsWritten(directory: string): Manifest[] {
  const { resources = [], components = [] } = parse(
    deployFile(`${directory}/kustomization.yaml`),
  ) as Kustomization;
  return [...resources, ...components].flatMap((path) => {
    const target = new URL(`${directory}/${path}`, DEPLOY).pathname.replace(DEPLOY.pathname, '');
    return path.endsWith('.yaml') ? documentsOf(deployFile(target)) : manifestsAsWritten(target);
  });
}

/** What `kubectl apply -k` would send. */
export function manifestsAsRendered(directory: string): Manifest[] {
  const path = fileURLToPath(new URL(directory, DEPLOY));
  return documentsOf(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8' }));
}

/** Whether a program is on the PATH: what needs it is skipped, by name, where it is missing. */
export function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function deployFile(path: string): string {
  return readFileSync(new URL(path, DEPLOY), 'utf8');
}

/** The one of that kind and name, as the type that the type check says it has. */
export function find<Kind extends { kind: string }>(
  manifests: readonly Manifest[],
  kind: Kind['kind'],
  name = 'bedrock-to-openai-proxy',
): Kind {
  const found = manifests.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} of ${kind} ${name}`);
  return found[0] as unknown as Kind;
}

function documentsOf(text: string): Manifest[] {
  // the shape is what the tests go on to check
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}
