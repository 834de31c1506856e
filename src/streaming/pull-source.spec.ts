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

/** What a receiver is told, in turn, until nothing follows. */
async function told(source: PullSource<number>): Promise<string[]> {
  const answers: string[] = [];
  await new Promise<void>((resolve) => {
    const receiver = {
      next: (value: number) => {
        answers.push(`value ${value}`);
        source.pull(receiver);
      },
      done: () => resolve(void answers.push('end')),
      error: (error: unknown) => resolve(void answers.push(String(error))),
    };
    source.pull(receiver);
  });
  return answers;
}

describe('Source.from', () => {
  it.each<[name: string, values: AsyncIterable<number>, answers: string[]]>([
    ['values and their end', counted(2), ['value 1', 'value 2', 'end']],
    ['the end of nothing', counted(0), ['end']],
    ['a failure', broken(), ['value 1', 'Error: broken']],
  ])('tells %s', async (_name, values, answers) => {
    await expect(told(PullSource.from(values))).resolves.toEqual(answers);
  });

  it('leaves the values when it is cancelled', async () => {
    const log: string[] = [];
    const source = PullSource.from(counted(2, log));
    await source.read();
    source.cancel();
    await expect(source.read()).resolves.toEqual({ value: undefined, done: true });
    expect(log).toEqual(['left']);
  });

  it('is cancelled when nobody can be told how the values end', async () => {
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

describe('Source, iterated,', () => {
  it('gives values and the end', async () => {
    await expect(Array.fromAsync(PullSource.from(counted(3)))).resolves.toEqual([1, 2, 3]);
  });

  it('throws the failure', async () => {
    await expect(Array.fromAsync(PullSource.from(broken()))).rejects.toThrow('broken');
  });

  it('is cancelled by leaving the loop', async () => {
    const log: string[] = [];
    for await (const value of PullSource.from(counted(3, log))) if (value === 2) break;
    expect(log).toEqual(['left']);
  });
});
