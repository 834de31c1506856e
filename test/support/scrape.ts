/** A series of an exposition. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The metrics as Prometheus reads them. */
export class Scrape {
  private constructor(
    readonly text: string,
    readonly samples: readonly Sample[],
  ) {}

  static async of(managementUrl: string): Promise<Scrape> {
    const response = await fetch(`${managementUrl}/metrics`);
    if (!response.ok) throw new Error(`status ${response.status}`);
    const text = await response.text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Scrape(text, lines.map(toSample));
  }

  /** The value of the one series with these labels; undefined when there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    return this.series(name, labels)[0]?.value;
  }

  /** All series of the name whose labels hold these. */
  series(name: string, labels: Readonly<Record<string, string>> = {}): Sample[] {
    return this.samples.filter(
      (sample) =>
        sample.name === name &&
        Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
  }

  /** The distinct values of one label. */
  values(name: string, label: string): string[] {
    return [...new Set(this.series(name).map(({ labels }) => labels[label] ?? ''))];
  }
}

function toSample(line: string): Sample {
  const { name = '', labels = '', value = '' } = LINE.exec(line)?.groups ?? {};
  const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text] as const);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}
