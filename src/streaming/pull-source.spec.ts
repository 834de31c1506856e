import { PullSource } from './pull-source.js';

async function* counted(most: number, log: string[] = []): AsyncGenerator<number> {
  try {
    for (let count = 1; count <= most; count += 1) yield count;
  } finally {
    log.push('left');
  }
}

async function* broken(): AsyncGenerator<number> {
  yield 1;
  throw new Error('broken');
}

/** The calls that a sink receives, in order, until the stream is over. */
async function sinkCalls(source: PullSource<number>): Promise<string[]> {
  const calls: string[] = [];
  await new Promise<void>((resolve) => {
    const sink = {
      next: (value: number) => {
        calls.push(`value ${value}`);
        source.pull(sink);
      },
      done: () => resolve(void calls.push('end')),
      error: (error: unknown) => resolve(void calls.push(String(error))),
    };
    source.pull(sink);
  });
  return calls;
}

describe('PullSource.from', () => {
  it.each<[name: string, values: AsyncIterable<number>, answers: string[]]>([
    ['values and the end', counted(2), ['value 1', 'value 2', 'end']],
    ['an end without values', counted(0), ['end']],
    ['a failure', broken(), ['value 1', 'Error: broken']],
  ])('passes on %s', async (_name, values, answers) => {
    await expect(sinkCalls(PullSource.from(values))).resolves.toEqual(answers);
  });

  it('ends the generator when it is cancelled', async () => {
    const log: string[] = [];
    const source = PullSource.from(counted(2, log));
    await source.read();
    source.cancel();
    await expect(source.read()).resolves.toEqual({ value: undefined, done: true });
    expect(log).toEqual(['left']);
  });

  it('can be cancelled even if the generator fails to end', async () => {
    async function* failsToEnd(): AsyncGenerator<number> {
      try {
        yield 1;
      } finally {
        // oxlint-disable-next-line no-unsafe-finally -- what is tested
        throw new Error('broken');
      }
    }
    const source = PullSource.from(failsToEnd());
    await source.read();
    expect(() => source.cancel()).not.toThrow();
  });
});

describe('PullSource, read with for await,', () => {
  it('yields the values', async () => {
    await expect(Array.fromAsync(PullSource.from(counted(3)))).resolves.toEqual([1, 2, 3]);
  });

  it('throws the error', async () => {
    await expect(Array.fromAsync(PullSource.from(broken()))).rejects.toThrow('broken');
  });

  it('is cancelled by leaving the loop', async () => {
    const log: string[] = [];
    for await (const value of PullSource.from(counted(3, log))) if (value === 2) break;
    expect(log).toEqual(['left']);
  });
});
