import { ResponseBody } from './response-body.js';

const KB = 1024;

/** The calls that the body makes to its connection. */
let calls: string[];
let body: ResponseBody;

beforeEach(() => {
  calls = [];
  body = new ResponseBody({
    abort: (reason) => calls.push(`abort: ${reason.message}`),
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
  });
});

function push(...texts: string[]): void {
  for (const text of texts) body.push(Buffer.from(text));
}

async function readTexts(): Promise<string[] | undefined> {
  return (await body.read()).value?.map(String);
}

describe('ResponseBody', () => {
  it('returns all parts that have arrived, then the end', async () => {
    push('a', 'b');
    body.end();
    await expect(readTexts()).resolves.toEqual(['a', 'b']);
    await expect(readTexts()).resolves.toBeUndefined();
    await expect(readTexts()).resolves.toBeUndefined();
  });

  it('waits, and returns the parts of one turn together', async () => {
    const read = readTexts();
    push('a', 'b', 'c');
    await expect(read).resolves.toEqual(['a', 'b', 'c']);
  });

  it('returns the parts before a failure, then fails', async () => {
    push('a');
    body.fail(new Error('broken'));
    await expect(readTexts()).resolves.toEqual(['a']);
    await expect(readTexts()).rejects.toThrow('broken');
    await expect(readTexts()).rejects.toThrow('broken');
  });

  it('fails a waiting pull', async () => {
    const read = readTexts();
    body.fail(new Error('broken'));
    await expect(read).rejects.toThrow('broken');
  });

  it('continues when the connection, as it is resumed, pushes enough to be paused again', async () => {
    const held = [Buffer.alloc(200 * KB), Buffer.alloc(200 * KB), Buffer.alloc(1)];
    let isPaused = false;
    const give = (): void => {
      const part = held.shift();
      if (part === undefined) return;
      body.push(part);
      if (!isPaused) give();
    };
    body = new ResponseBody({
      abort: () => undefined,
      pause: () => (isPaused = true),
      resume: () => {
        isPaused = false;
        give();
      },
    });
    give();
    const lengths = [];
    for (let reads = 0; reads < 3; reads += 1) {
      lengths.push((await body.read()).value?.map((part) => part.length));
    }
    expect(lengths).toEqual([[200 * KB], [200 * KB], [1]]);
  });

  it('ends a waiting pull', async () => {
    const read = readTexts();
    body.end();
    await expect(read).resolves.toBeUndefined();
  });

  it('remains ended', async () => {
    body.end();
    body.fail(new Error('late'));
    body.destroy(new Error('later'));
    await expect(readTexts()).resolves.toBeUndefined();
    expect(calls.filter((call) => call !== 'resume')).toEqual([]);
  });
});

describe('ResponseBody pauses the connection', () => {
  it.each([
    ['large parts', 'x'.repeat(32 * KB), 4],
    ['many small parts', 'x', 1_100],
  ])('at the limit of unread bytes, and resumes it when they are read: %s', async (_name, part, count) => {
    for (let index = 0; index < count; index += 1) push(part);
    expect(new Set(calls)).toEqual(new Set(['pause']));
    calls = [];
    await body.read();
    expect(calls).toEqual(['resume']);
  });

  it('only at the limit', async () => {
    push('x'.repeat(100 * KB));
    await body.read();
    push('x'.repeat(100 * KB));
    expect(calls).toEqual([]);
  });
});

describe('ResponseBody.text', () => {
  it('joins the parts, within characters too, and strips a byte order mark', async () => {
    const bytes = Buffer.from('\uFEFFžluť');
    for (const byte of bytes) body.push(Buffer.of(byte));
    body.end();
    await expect(body.text(100)).resolves.toBe('žluť');
  });

  it('closes the connection of a body over the limit', async () => {
    push('12345', '67890');
    await expect(body.text(9)).rejects.toMatchObject({ failure: 'unusable', message: 'more than 9 bytes' });
    expect(calls).toEqual(['abort: more than 9 bytes']);
  });

  it('accepts a body of exactly the limit', async () => {
    push('12345', '67890');
    body.end();
    await expect(body.text(10)).resolves.toBe('1234567890');
  });
});

describe('ResponseBody.destroy', () => {
  it('closes the connection once and drops the unread parts', async () => {
    push('a');
    body.destroy(new Error('enough'));
    body.destroy(new Error('again'));
    await expect(readTexts()).rejects.toThrow('enough');
    expect(calls).toEqual(['abort: enough']);
  });

  it('is called when the reader leaves its loop', async () => {
    push('a');
    for await (const parts of body) if (parts.length > 0) break;
    expect(calls).toEqual(['abort: the rest of the answer was not wanted']);
  });

  it('is not called when the loop ends', async () => {
    push('a');
    body.end();
    const all: Buffer[] = [];
    for await (const parts of body) all.push(...parts);
    expect(all.map(String)).toEqual(['a']);
    expect(calls.filter((call) => call !== 'resume')).toEqual([]);
  });
});

describe('ResponseBody.discard', () => {
  it('reads a short rest', async () => {
    push('a');
    body.discard();
    push('b', 'c');
    body.end();
    await expect(readTexts()).resolves.toBeUndefined();
    expect(calls.filter((call) => call !== 'resume')).toEqual([]);
  });

  it('closes the connection of a long rest', () => {
    body.discard();
    push('x'.repeat(65 * KB));
    expect(calls).toEqual(['resume', 'abort: the rest of the answer was not wanted']);
  });

  it('resumes a connection that was paused', () => {
    push('x'.repeat(200 * KB));
    body.discard();
    expect(calls).toEqual(['pause', 'resume']);
  });
});
