const WORDS = 'and|or|unless|by|without|on|ignoring|group_left|group_right|bool|offset';
const GROUPING = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const HISTOGRAM_SUFFIX = /_(?:bucket|sum|count)$/;

export interface Query {
  /** The names of the series that are used. */
  readonly series: readonly string[];
  /** The labels in selectors and groupings. */
  readonly labels: readonly string[];
}

/** PromQL → the series and labels that it uses. Supports the part of the language that this repository needs. */
export function readQuery(expression: string): Query {
  const bare = expression.replaceAll(/#.*$/gm, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const selectors = [...bare.matchAll(/\{([^}]*)\}/g)].map(([, inside]) => inside ?? '');
  const groupings = [...bare.matchAll(GROUPING)].map(([, inside]) => inside ?? '');
  const names = bare
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(GROUPING, '')
    .matchAll(new RegExp(`(?<![\\w:.])(?!(?:${WORDS})\\b)[a-zA-Z_:][\\w:]*(?![\\w:]|\\s*\\()`, 'g'));
  return {
    series: [...new Set([...names].map(([name]) => name))],
    labels: [
      ...new Set([
        ...selectors.flatMap((selector) =>
          [...selector.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label),
        ),
        ...groupings.flatMap((grouping) => grouping.split(',').map((label) => label.trim())),
      ]),
    ].filter((label) => label !== ''),
  };
}

/** `x_bucket`, `x_sum` and `x_count` are series of the histogram `x`. */
export function seriesToMetric(series: string, histograms: ReadonlySet<string>): string {
  const metric = series.replace(HISTOGRAM_SUFFIX, '');
  return histograms.has(metric) ? metric : series;
}
