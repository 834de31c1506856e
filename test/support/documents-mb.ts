import { readEnvironment } from '../../src/config/read-environment.js';

/** What reading documents may take with these variables, in MB: the workers, what they expand, and the cache. */
export function documentsMb(variables: Record<string, unknown>): number {
  const { DOCUMENT_WORKERS, DOCUMENT_MEMORY_MB, DOCUMENT_MAX_EXPANDED_MB, DOCUMENT_CACHE_MB } =
    readEnvironment(variables);
  return DOCUMENT_WORKERS * (DOCUMENT_MEMORY_MB + DOCUMENT_MAX_EXPANDED_MB) + DOCUMENT_CACHE_MB;
}
