import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { cpuTimeMs } from '../../test/support/cpu-time.js';
import { ChunkParser } from './chunk-parser.js';
import { ContentDecoder } from './content-decoder.js';
import { ResponseBody } from './response-body.js';
import { ServerSentEvents } from './sse/server-sent-events.js';

const PIECES = 50_000;
/** Four times the bytes, plus the memory that the test framework uses meanwhile. */
const MAX_HELD_BYTES = 4 * PIECES + 3 * 1024 * 1024;
/** Processor time. Linear code takes a fraction of a second, quadratic code many seconds. */
const MAX_MS = 2_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The memory of buffers is freed in the background, at the latest with the next collection. */
function heldBytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The bytes of a text that repeats, each in a buffer of its own, as a server may send them. */
function* piecesOf(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < PIECES; sent += 1) yield Buffer.from([bytes[sent % bytes.length] ?? 0]);
}

interface Reader {
  push(piece: Buffer): void;
}

function events(): Reader {
  return new ServerSentEvents();
}

function parser(): Reader {
  const chunks = new ChunkParser();
  return { push: (piece) => void chunks.push([piece]) };
}

function jsonParser(): Reader {
  const reader = parser();
  reader.push(Buffer.from('{'));
  return reader;
}

describe('many thousands of pieces of one byte', () => {
  it.each<[what: string, start: () => Reader, text: string]>([
    ['a line without an end', events, 'x'],
    ['an event without an end, in lines', events, `data: ${'x'.repeat(90)}\n`],
    ['an event without an end, in empty lines', events, 'data:\n'],
    ['the lines of a stream', parser, 'data: {"choices":\n'],
    ['a JSON answer in place of a stream', jsonParser, ' '],
  ])('of %s take memory in proportion to their bytes', (_, start, text) => {
    const before = heldBytes();
    const startedAt = cpuTimeMs();
    const reader = start();
    for (const piece of piecesOf(text)) reader.push(piece);
    expect(cpuTimeMs() - startedAt).toBeLessThan(MAX_MS);
    expect(heldBytes() - before).toBeLessThan(MAX_HELD_BYTES);
    reader.push(Buffer.from('x'));
  });

  it('of an answer take memory in proportion to their bytes', async () => {
    const before = heldBytes();
    const startedAt = cpuTimeMs();
    const body = new ResponseBody({
      abort: () => undefined,
      pause: () => undefined,
      resume: () => undefined,
    });
    const text = body.text(2 * PIECES);
    let sent = 0;
    for (const piece of piecesOf('x')) {
      body.push(piece);
      sent += 1;
      if (sent % 1_000 === 0) await Promise.resolve();
    }
    await Promise.resolve();
    expect(cpuTimeMs() - startedAt).toBeLessThan(MAX_MS);
    expect(heldBytes() - before).toBeLessThan(MAX_HELD_BYTES);
    body.end();
    expect((await text).length).toBe(PIECES);
  });
});

describe('an encoded answer in pieces of one byte', () => {
  it('pauses its connection, and takes memory in proportion to its bytes', async () => {
    // more than a decoder takes before it pauses its connection
    const encoded = gzipSync(randomBytes(3 * PIECES));
    const calls: string[] = [];
    const before = heldBytes();
    const decoder = new ContentDecoder(
      {
        abort: () => calls.push('abort'),
        pause: () => calls.push('pause'),
        resume: () => calls.push('resume'),
      },
      'gzip',
    );
    const text = decoder.body.text(2 * encoded.length);
    // the decoder does not run meanwhile
    for (const byte of encoded) decoder.push(Buffer.from([byte]));
    expect(calls).toEqual(['pause']);
    expect(heldBytes() - before).toBeLessThan(MAX_HELD_BYTES + 8 * PIECES);
    decoder.end();
    await expect(text).resolves.toHaveLength(new TextDecoder().decode(gunzipSync(encoded)).length);
  });
});

describe('an event whose lines come with many comments', () => {
  it('keeps its lines, but not the reads that they came in', () => {
    const comments = `: ${'x'.repeat(64 * 1024)}\n`;
    const before = heldBytes();
    const reader = new ServerSentEvents();
    for (let reads = 0; reads < 1_000; reads += 1)
      reader.push(Buffer.from(`${comments}data: line ${reads} of it\n`));
    expect(heldBytes() - before).toBeLessThan(MAX_HELD_BYTES);
    const [event] = reader.push(Buffer.from('\n'));
    expect(event?.data.split('\n')).toEqual(Array.from({ length: 1_000 }, (_, line) => `line ${line} of it`));
  });
});
