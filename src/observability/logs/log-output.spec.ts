import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../../test/support/until.js';
import { LogOutput } from './log-output.js';

const LINES = Array.from({ length: 1_000 }, (_, index) => `{"line":${index}}\n`);

let directory: string;
let descriptor: number;
let output: LogOutput;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => {
  process.off('exit', output.finish);
  closeSync(descriptor);
  rmSync(directory, { recursive: true });
});

describe('LogOutput to a file', () => {
  const path = () => join(directory, 'log');
  beforeEach(() => {
    descriptor = openSync(path(), 'a');
    output = new LogOutput(descriptor);
  });

  it('writes every line, in order, a moment later', async () => {
    for (const line of LINES) output.write(line);
    expect(readFileSync(path(), 'utf8')).toBe('');
    await until(() => readFileSync(path(), 'utf8').length >= LINES.join('').length);
    expect(readFileSync(path(), 'utf8')).toBe(LINES.join(''));
  });

  it('writes what is left when the process ends', () => {
    for (const line of LINES) output.write(line);
    output.finish();
    expect(readFileSync(path(), 'utf8')).toBe(LINES.join(''));
  });
});

describe('LogOutput to a reader that does not read', () => {
  const large = `${'x'.repeat(1_023)}\n`;

  beforeEach(() => {
    const path = join(directory, 'pipe');
    execFileSync('mkfifo', [path]);
    descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    output = new LogOutput(descriptor);
  });

  async function read(isWhole: (text: string) => boolean): Promise<string> {
    const chunk = Buffer.alloc(65_536);
    let text = '';
    await until(() => {
      try {
        text += chunk.toString('latin1', 0, readSync(descriptor, chunk));
      } catch {
        // nothing there yet
      }
      return isWhole(text);
    });
    return text;
  }

  it('keeps lines until it reads again', async () => {
    const lines = Array.from({ length: 300 }, () => large).join('');
    for (let count = 0; count < 300; count++) output.write(large);
    await setTimeout(100);
    expect(await read((text) => text.length >= lines.length)).toBe(lines);
  });

  it('drops lines beyond the limit of the buffer, and logs their number', async () => {
    const megabyte = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    for (let count = 0; count < 12; count++) output.write(megabyte);
    const text = await read((soFar) => soFar.includes('were lost'));
    const [, lost] = /"msg":"(\d+) log lines were lost"/.exec(text) ?? [];
    expect(text.split('x\n').length - 1 + Number(lost)).toBe(12);
  });
});
