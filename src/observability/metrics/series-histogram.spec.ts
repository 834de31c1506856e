import { Histogram, Registry } from 'prom-client';
import { SeriesHistogram } from './series-histogram.js';

const BUCKETS = [0.1, 1, 10];
const OBSERVATIONS: readonly (readonly [string, number])[] = [
  ['a', 0.1],
  ['a', 0.2],
  ['b', 10],
  ['a', 99],
  ['say "hi"\n\\', 0],
  ['b', 0.05],
];

/** The same histogram as text, ours and prom-client's. */
async function expositions(observations: typeof OBSERVATIONS): Promise<string[]> {
  const [ours, theirs] = [new Registry(), new Registry()];
  const histogram = new SeriesHistogram<'label'>('name', 'What it says', BUCKETS);
  ours.registerMetric(histogram as unknown as Histogram); // what the registry asks a metric, it answers
  const reference = new Histogram({
    name: 'name',
    help: 'What it says',
    labelNames: ['label'],
    buckets: BUCKETS,
    registers: [theirs],
  });
  for (const [label, value] of observations) {
    histogram.series({ label }).observe(value);
    reference.observe({ label }, value);
  }
  return Promise.all([ours, theirs].map(async (registry) => sorted(await registry.metrics())));
}

/** Prom-client writes labels in another order. */
const sorted = (text: string): string =>
  text.replaceAll(/\{(.*)\}/g, (_, labels: string) =>
    labels
      .split(/,(?=\w+=")/)
      .toSorted()
      .join(';'),
  );

describe('SeriesHistogram', () => {
  it('is written as prom-client writes its own', async () => {
    const [ours, theirs] = await expositions(OBSERVATIONS);
    expect(ours).toBe(theirs);
  });

  it('is written without a series as long as there is none', async () => {
    const [ours, theirs] = await expositions([]);
    expect(ours).toBe(theirs);
  });

  it('has one series for the same labels, in whatever order', () => {
    const histogram = new SeriesHistogram<'a' | 'b'>('name', 'help', BUCKETS);
    expect(histogram.series({ a: '1', b: '2' })).toBe(histogram.series({ b: '2', a: '1' }));
    expect(histogram.series({ a: '1', b: '2' })).not.toBe(histogram.series({ a: '2', b: '1' }));
  });

  it('shows nothing of a series that was only looked up', async () => {
    const histogram = new SeriesHistogram<'a'>('name', 'help', BUCKETS);
    histogram.series({ a: '1' });
    expect(await histogram.get()).toMatchObject({ values: [] });
  });
});
