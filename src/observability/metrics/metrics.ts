import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry, type Histogram } from 'prom-client';
import { COUNTERS, GAUGES, HISTOGRAMS } from './metric-definitions.js';
import { SeriesHistogram } from './series-histogram.js';

type LabelOf<Definition extends { readonly labels: readonly string[] }> = Definition['labels'][number];

/** Creates the defined metrics in a registry of this application. */
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
    // the registry only reads the name and calls `get`
    this.registry.registerMetric(histogram as unknown as Histogram);
    return histogram;
  }

  /** @param collect sets the value whenever metrics are read */
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
