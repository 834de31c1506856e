import { collectDefaultMetrics, Registry } from 'prom-client';
import { COUNTERS, GAUGES, HISTOGRAMS } from '../../src/observability/metrics/metric-definitions.js';

/**
 * The metrics at `/metrics` by name, with their labels and whether each is a histogram. The dashboard and the
 * rules use only these.
 */
export const EXPORTED_METRICS: Readonly<Record<string, ExportedMetric>> = {
  ...exported(HISTOGRAMS, true),
  ...exported({ ...COUNTERS, ...GAUGES }, false),
  ...defaultMetrics(),
};

interface ExportedMetric {
  readonly labels: readonly string[];
  readonly isHistogram: boolean;
}

function exported(
  definitions: Readonly<Record<string, { readonly labels: readonly string[] }>>,
  isHistogram: boolean,
): Record<string, ExportedMetric> {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, { labels }]) => [name, { labels, isHistogram }]),
  );
}

/** The default metrics of prom-client. */
function defaultMetrics(): Record<string, ExportedMetric> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = registry.getMetricsAsArray().map(({ name }) => {
    const isHistogram = name === 'nodejs_gc_duration_seconds';
    return [name, { labels: isHistogram ? ['kind'] : [], isHistogram }] as const;
  });
  registry.clear();
  return Object.fromEntries(metrics);
}
