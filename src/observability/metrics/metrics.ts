import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry, type Histogram } from 'prom-client';
import { COUNTERS, GAUGES, HISTOGRAMS } from './metric-definitions.js';
import { SeriesHistogram } from './series-histogram.js';

type LabelOf<Definition extends { readonly labels: readonly string[] }> = Definition['labels'][number];

/** Makes the metrics of the definitions, each once, in a registry of the service's own. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }

  counter<Name extends keyof typeof COUNTERS>(name: Name): Counter<LabelOf<(typeof COUNTERS)[Name]>> {
    const { help, labels } = COUNTERS[name];
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  histogram<Name extends keyof typeof HISTOGRAMS>(
    name: Name,
  ): SeriesHistogram<LabelOf<(typeof HISTOGRAMS)[Name]>> {
    const { help, buckets } = HISTOGRAMS[name];
    const histogram = new SeriesHistogram<LabelOf<(typeof HISTOGRAMS)[Name]>>(name, help, buckets);
    // all that a registry does with a metric is to ask for its name and its values
    this.registry.registerMetric(histogram as unknown as Histogram);
    return histogram;
  }

  /** @param collect sets its value when it is asked for */
  gauge<Name extends keyof typeof GAUGES>(
    name: Name,
    collect?: (gauge: Gauge<LabelOf<(typeof GAUGES)[Name]>>) => void,
  ): Gauge<LabelOf<(typeof GAUGES)[Name]>> {
    const { help, labels } = GAUGES[name];
    const gauge: Gauge<LabelOf<(typeof GAUGES)[Name]>> = new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      ...(collect && { collect: () => collect(gauge) }),
    });
    return gauge;
  }
}
