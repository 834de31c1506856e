import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StandIn } from '../demo/upstream/stand-in.ts';
import { startProxy } from './support/proxy.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('The retrieval example of the README', () => {
  it('has ten lines, and finds the document that answers the question', async () => {
    const code = /^## Answer from documents[^]+?^```js\n([^]+?)^```$/m.exec(README)?.[1] ?? '';
    expect(code.trimEnd().split('\n')).toHaveLength(10);
    await using standIn = await StandIn.start();
    const proxy = await startProxy({ OPENAI_API_BASE: standIn.baseUrl });
    try {
      const lines = code.replace('http://127.0.0.1:8000', proxy.url);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', lines],
        { cwd: REPOSITORY },
      );
      expect(stdout).toBe('Paris is the capital of France.\n');
    } finally {
      await proxy.close();
    }
  });
});
