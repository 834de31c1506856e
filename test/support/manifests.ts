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

/**
 * The manifests of a kustomization and of the resources that it refers to, by file, without its patches and
 * generators.
 */
export function manifestsAsWritten(directory: string): Manifest[] {
  const { resources = [], components = [] } = parse(
    deployFile(`${directory}/kustomization.yaml`),
  ) as Kustomization;
  return [...resources, ...components].flatMap((path) => {
    const target = new URL(`${directory}/${path}`, DEPLOY).pathname.replace(DEPLOY.pathname, '');
    return path.endsWith('.yaml') ? documentsOf(deployFile(target)) : manifestsAsWritten(target);
  });
}

/** The manifests that `kubectl apply -k` would send. */
export function manifestsAsRendered(directory: string): Manifest[] {
  const path = fileURLToPath(new URL(directory, DEPLOY));
  return documentsOf(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8' }));
}

/** Whether a program is on the PATH. Tests that need a missing program are skipped by name. */
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

/** The manifest of this kind and name. The type check confirms its type. */
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
  // the tests check the shape
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}
