type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** The observations of one combination of labels. */
export class HistogramSeries {
  private readonly counts: number[];
  private sum = 0;
  private count = 0;

  constructor(
    private readonly labels: Labels,
    private readonly upperBounds: readonly number[],
  ) {
    this.counts = upperBounds.map(() => 0);
  }

  observe(value: number): void {
    const bucket = this.upperBounds.findIndex((upperBound) => value <= upperBound);
    if (bucket !== -1) this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.sum += value;
    this.count += 1;
  }

  /** In Prometheus's form: each bucket includes the smaller ones. Empty before the first observation. */
  samples(name: string): Sample[] {
    if (this.count === 0) return [];
    const { labels } = this;
    const bucket = (le: number | string, value: number): Sample => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value,
    });
    let below = 0;
    return [
      ...this.upperBounds.map((upperBound, index) => bucket(upperBound, (below += this.counts[index] ?? 0))),
      bucket('+Inf', this.count),
      { metricName: `${name}_sum`, labels, value: this.sum },
      { metricName: `${name}_count`, labels, value: this.count },
    ];
  }
}

/**
 * A histogram for prom-client's registry whose series are looked up once and then observed directly. Prom-client's own
 * histogram looks up the series at every observation by the text of its labels, which takes half a microsecond.
 */
export class SeriesHistogram<Label extends string> {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  private readonly all = new Map<string, HistogramSeries>();

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly upperBounds: readonly number[],
  ) {}

  /** Returns the same series for the same labels. */
  series(labels: Readonly<Record<Label, string>>): HistogramSeries {
    const key = JSON.stringify(labels, Object.keys(labels).toSorted());
    const series = this.all.get(key) ?? new HistogramSeries(labels, this.upperBounds);
    this.all.set(key, series);
    return series;
  }

  /** Called by the registry. */
  async get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    const values = [...this.all.values()].flatMap((series) => series.samples(name));
    return { name, help, type, aggregator, values };
  }
}
