const IGNORED_PARAMETERS_HEADER = 'x-proxy-ignored-parameters';

/** Proxies allow 8 kB for all headers of an answer; this leaves room for the others. */
const MAX_HEADER_BYTES = 2_048;
const MORE = ';more=';

const NOTHING_IGNORED: Readonly<Record<string, string>> = {};

/** JSON paths of ignored parameters → the headers that report them. */
export function ignoredParametersHeaders(paths: readonly string[]): Readonly<Record<string, string>> {
  return paths.length === 0
    ? NOTHING_IGNORED
    : { [IGNORED_PARAMETERS_HEADER]: ignoredParametersHeader(paths) };
}

/**
 * JSON paths → a header value: `guardrailConfig,messages.*.content.*.cachePoint`. Indexes become `*`, other characters
 * are percent-encoded, and duplicates are removed. Paths beyond 2 kB are counted: `;more=12`.
 */
export function ignoredParametersHeader(paths: readonly string[]): string {
  const unique = [...new Set(paths.map(headerPath))];
  const budget = MAX_HEADER_BYTES - `${MORE}${unique.length}`.length;
  let value = '';
  for (const [index, path] of unique.entries()) {
    const extended = index === 0 ? path : `${value},${path}`;
    if (extended.length > budget) return `${value}${MORE}${unique.length - index}`;
    value = extended;
  }
  return value;
}

function headerPath(path: string): string {
  return path
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? '*' : encodeURIComponent(key.toWellFormed())))
    .join('.');
}
