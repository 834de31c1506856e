import type { Manifest } from './manifests.js';
import { MODULES } from './typed-manifests.js';

/**
 * The violations of the Kubernetes schemas in manifests, one line per problem: values, formats and missing
 * members.
 */
export async function schemaProblems(manifests: readonly Manifest[]): Promise<string[]> {
  const problems = await Promise.all(manifests.map(problemOf));
  return problems.filter((problem) => problem !== undefined);
}

type ManifestClass = new (manifest: Manifest) => { validate(): void };

async function problemOf(manifest: Manifest): Promise<string | undefined> {
  const { apiVersion, kind, metadata } = manifest;
  // every module of the table exports a class under the name of its kind
  const module = (await import(MODULES[`${apiVersion}/${kind}`] ?? '')) as Record<string, ManifestClass>;
  const Kind = module[kind];
  if (Kind === undefined) return `${kind} ${metadata.name}: no schema`;
  try {
    new Kind(manifest).validate();
    return undefined;
  } catch (error) {
    return `${kind} ${metadata.name}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
