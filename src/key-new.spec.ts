import { jest } from '@jest/globals';

/** Runs the program as `npm run key:new -- …args` does. */
async function run(...args: string[]) {
  const { argv, exitCode } = process;
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    });
  }
  try {
    process.argv = [...argv.slice(0, 2), ...args];
    process.exitCode = undefined;
    jest.resetModules();
    await import('./key-new.js');
    return { ...written, exitCode: process.exitCode };
  } finally {
    process.argv = argv;
    process.exitCode = exitCode;
    jest.restoreAllMocks();
  }
}

describe('key:new', () => {
  it('prints the keys and the lines for the file once', async () => {
    const { stdout, stderr, exitCode } = await run('team-a', '--models', '*claude*, gpt-4o,');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: undefined });
    expect(stdout).toContain('  - name: "team-a"\n');
    expect(stdout).toContain('    models: ["*claude*","gpt-4o"]\n');
    expect(stdout.match(/AWS_SECRET_ACCESS_KEY=/g)).toHaveLength(1);
  });

  it.each([
    ['no name', []],
    ['two names', ['a', 'b']],
    ['a name that could not name a file', ['../a']],
    ['an unknown option', ['a', '--model', 'x']],
  ])('prints the usage and no key for %s', async (_, args) => {
    const { stdout, stderr, exitCode } = await run(...args);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(/^[^\n]+\nUsage: npm run key:new -- NAME/);
  });
});
