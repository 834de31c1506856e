import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../src/cli/node-flags.js';
import { Build } from './support/build.js';
import { ProcessOutput } from './support/process-output.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const BUILD_TIMEOUT_MS = 60_000;
const TEST_TIMEOUT_MS = 60_000;
const FREE_PORTS = { PORT: '0', MANAGEMENT_PORT: '0' };
const FILE = `
upstreams:
  local: { baseUrl: "http://127.0.0.1:1/v1?key=hidden", dialect: vLLM }
  cloud: { baseUrl: "https://cloud.example/v1", dialect: openai }
models: [{ match: "a*", route: [{ upstream: local }] }, { match: "*", route: [{ upstream: cloud }] }]
`;

let build: Build;
beforeAll(async () => {
  build = await Build.make();
}, BUILD_TIMEOUT_MS);
afterAll(() => build[Symbol.dispose]());

/** Runs `node dist/main.js`. */
function start(
  variables: Record<string, string>,
  options: readonly string[] = [],
  program = 'dist/main.js',
): ProcessOutput {
  return new ProcessOutput(process.execPath, [...options, program], {
    cwd: build.directory,
    env: { ...FREE_PORTS, ...variables },
  });
}

const messagesOf = (output: ProcessOutput): unknown[] =>
  output.lines.map((line) => {
    const { level, msg } = JSON.parse(line) as { level: string; msg: string };
    return `${level} ${msg}`;
  });

describe('A start that fails', () => {
  const cases: [fact: string, variables: Record<string, string>, lines: unknown[]][] = [
    [
      'names every bad variable',
      { PORT: 'eight', LOG_LEVEL: 'loud', OPENAI_DIALECT: 'gpt' },
      [
        expect.stringMatching(/^fatal Bad configuration: PORT /),
        expect.stringMatching(/^fatal Bad configuration: OPENAI_DIALECT .*vllm/),
        expect.stringMatching(/^fatal Bad configuration: LOG_LEVEL /),
      ],
    ],
    [
      'names a configuration file that is not there',
      { CONFIG_FILE: 'absent.yaml' },
      ['fatal Bad configuration file: absent.yaml cannot be read (ENOENT)'],
    ],
    [
      'names both files of a certificate that are not there',
      { TLS_CERT_FILE: 'absent.pem', TLS_KEY_FILE: 'absent.key' },
      [
        'fatal Bad configuration: TLS_CERT_FILE: absent.pem cannot be read (ENOENT)',
        'fatal Bad configuration: TLS_KEY_FILE: absent.key cannot be read (ENOENT)',
      ],
    ],
    [
      'names files that hold no certificate',
      { TLS_CERT_FILE: 'dist/main.js', TLS_KEY_FILE: 'dist/main.js' },
      [expect.stringMatching(/^fatal Bad configuration: TLS_CERT_FILE and TLS_KEY_FILE are no certificate/)],
    ],
  ];

  it.each(cases)(
    '%s: each problem is one line of the log, without a stack',
    async (_, variables, lines) => {
      await using output = start(variables);
      expect(await output.exit).toBe(1);
      expect(messagesOf(output)).toEqual(lines);
      expect(output.text).not.toContain('"stack"');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'uses the pretty format if the log does',
    async () => {
      await using output = start({ LOG_FORMAT: 'pretty', PORT: 'eight', MAX_BODY_MB: '0' });
      expect(await output.exit).toBe(1);
      expect(output.lines).toEqual([
        expect.stringMatching(/^[\d:]{8} fatal Bad configuration: PORT must be/),
        expect.stringMatching(/^[\d:]{8} fatal Bad configuration: MAX_BODY_MB must/),
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('A start', () => {
  it(
    'names the upstreams of the configuration file, and no query',
    async () => {
      using directory = new TemporaryDirectory();
      const variables = {
        CONFIG_FILE: directory.write('config.yaml', FILE),
        OPENAI_API_BASE: 'http://unused:1',
      };
      await using output = start(variables);
      await output.says(/Upstream cloud/);
      expect(messagesOf(output).slice(-2)).toEqual([
        'info Upstream local: http://127.0.0.1:1/v1 (vllm)',
        'info Upstream cloud: https://cloud.example/v1 (openai)',
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('An older Node', () => {
  const pretend = (version: string): string =>
    `--import=data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;

  it.each(['23.11.0', '22.18.0', '20.19.0', '18.0.0'])(
    'such as %s is refused before anything else is loaded',
    async (version) => {
      // the directory contains nothing else to load
      using bare = new TemporaryDirectory();
      bare.write('package.json', text('package.json'));
      for (const file of ['main.js', 'require-node.js']) {
        bare.write(file, readFileSync(join(build.directory, 'dist', file), 'utf8'));
      }
      await using output = new ProcessOutput(process.execPath, [pretend(version), 'main.js'], {
        cwd: bare.path,
        env: {},
      });
      expect(await output.exit).toBe(1);
      expect(output.lines).toEqual([
        `Node ${version} cannot run this: 22.19 or newer is needed, but not 23.`,
      ]);
    },
    TEST_TIMEOUT_MS,
  );

  it.each(['22.19.0', '24.0.0', '25.0.0', '30.1.0'])(
    'is not %s',
    async (version) => {
      await using output = start({ PORT: 'eight' }, [pretend(version)]);
      expect(await output.exit).toBe(1);
      expect(messagesOf(output)).toEqual([expect.stringContaining('PORT')]);
    },
    TEST_TIMEOUT_MS,
  );

  it('is older than what package.json asks for', () => {
    const { engines } = JSON.parse(text('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('^22.19.0 || >=24.0.0');
    expect(text('src/require-node.ts')).toContain('22.19 or newer is needed, but not 23');
  });

  it('is one thing for the service and another for the tests, which need Jest in its ESM mode', () => {
    expect(text('scripts/require-node.mjs')).toContain('[24, 9]');
  });
});

/** Loaded into the program first. */
const preloaded = (script: string): string => `--import=data:text/javascript,${encodeURIComponent(script)}`;
/** The program says why it does not start, and ends. */
const NO_START = { PORT: 'eight' };

describe('dist/launch.js', () => {
  it(
    "becomes the program, with Node's options, and the caller's after them",
    async () => {
      const tell = preloaded('console.log(JSON.stringify([process.pid, ...process.execArgv]))');
      await using output = start(NO_START, [tell], 'dist/launch.js');
      expect(await output.exit).toBe(1);
      const [launcher = '[]', program = '[]', ...rest] = output.lines;
      const [pid]: unknown[] = JSON.parse(launcher);
      expect(JSON.parse(program)).toEqual([pid, ...NODE_FLAGS, tell]);
      expect(rest).toEqual([expect.stringContaining('Bad configuration: PORT')]);
    },
    TEST_TIMEOUT_MS,
  );
});

it(
  'a start lets go of what loading has left behind, before the port is open',
  async () => {
    await using output = start({}, [...NODE_FLAGS, '--trace-gc']);
    await output.says(/Proxy","msg":"Listening on/);
    const collected = output.text.indexOf('Mark-Compact (reduce)');
    expect(collected).toBeGreaterThan(-1);
    expect(collected).toBeLessThan(output.text.indexOf('"Proxy","msg":"Listening on'));
  },
  TEST_TIMEOUT_MS,
);

it(
  'dist/main.js takes __proto__ from objects by itself',
  async () => {
    const tell = "process.once('exit', () => console.log(String('__proto__' in {})))";
    await using output = start(NO_START, [preloaded(tell)]);
    await output.exit;
    expect(output.lines).toContain('false');
  },
  TEST_TIMEOUT_MS,
);

/** A terminal for a program, from util-linux. */
const TERMINAL = ['--quiet', '--return', '--command'];
const canHaveTerminal = spawnSync('script', [...TERMINAL, 'true', '/dev/null']).status === 0;
const CTRL_C = '\x03';

(canHaveTerminal ? describe : describe.skip)('At a terminal (skipped where there is no `script`)', () => {
  const startAtTerminal = (variables: Record<string, string>): ProcessOutput =>
    new ProcessOutput('script', [...TERMINAL, `exec '${process.execPath}' dist/main.js`, '/dev/null'], {
      cwd: build.directory,
      env: { PATH: process.env['PATH'], TERM: 'xterm-256color', ...FREE_PORTS, ...variables },
    });

  it(
    'Ctrl-C ends the process at once, without a drain',
    async () => {
      await using output = startAtTerminal({ LOG_FORMAT: 'json' });
      await output.says(/Upstream openai/);
      output.type(CTRL_C);
      expect(await output.exit).toBe(130);
      expect(output.text).not.toContain('the port closes');
    },
    TEST_TIMEOUT_MS,
  );

  it.each([
    ['is colored', {}, true],
    ['is not where NO_COLOR says so', { NO_COLOR: '1' }, false],
    ['is not where the terminal cannot', { TERM: 'dumb' }, false],
  ])(
    'the log %s',
    async (_, variables: Record<string, string>, isColored) => {
      await using output = startAtTerminal(variables);
      await output.says(/Upstream openai/);
      output.type(CTRL_C);
      await output.exit;
      // PORT is 0
      expect(output.text).toMatch(/Listening on http:\/\/127\.0\.0\.1:[1-9]\d+/);
      expect(output.text.includes('\x1b[')).toBe(isColored);
    },
    TEST_TIMEOUT_MS,
  );
});

it(
  'A pretty log has no colors outside a terminal',
  async () => {
    await using output = start({ LOG_FORMAT: 'pretty' });
    await output.says(/Upstream openai/);
    expect(output.lines[0]).toMatch(/^[\d:]{8} warn OPENAI_API_BASE is not set/);
  },
  TEST_TIMEOUT_MS,
);

function text(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
