import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chunk } from './support/answers.js';
import { Build } from './support/build.js';
import { decodeEventStream } from './support/event-stream.js';
import { freePort } from './support/free-port.js';
import { ProcessOutput } from './support/process-output.js';
import {
  startScriptedUpstream,
  toServerSentEvent,
  type ScriptedUpstream,
} from './support/scripted-upstream.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const TEST_TIMEOUT_MS = 120_000;
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

/**
 * Runs the script of package.json for a project of one file, which starts the built proxy, so that compiling
 * takes no time.
 */
function startDev(directory: string, variables: Record<string, string>): ProcessOutput {
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const binaries = join(REPOSITORY, 'node_modules/.bin');
  return new ProcessOutput('sh', ['-c', scripts['start:dev'] ?? ''], {
    cwd: directory,
    env: { PATH: [binaries, process.env['PATH']].join(delimiter), LOG_FORMAT: 'json', ...variables },
  });
}

let upstream: ScriptedUpstream | undefined;
afterEach(() => upstream?.close());

function copyProject(directory: string): void {
  symlinkSync(join(REPOSITORY, 'scripts'), join(directory, 'scripts'));
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    copyFileSync(join(REPOSITORY, file), join(directory, file));
  }
  mkdirSync(join(directory, 'src'));
}

it(
  'npm run start:dev restarts after every edit on the same port, even with active requests',
  async () => {
    using build = await Build.make();
    const source = join(build.directory, 'src/main.ts');
    renameSync(join(build.directory, 'dist'), join(build.directory, 'built'));
    copyProject(build.directory);
    writeFileSync(source, "const proxy: string = '../built/main.js';\nvoid import(proxy);\n");
    upstream = await startScriptedUpstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
    });
    const ports = { PORT: String(await freePort()), MANAGEMENT_PORT: String(await freePort()) };
    await using output = startDev(build.directory, { ...ports, OPENAI_API_BASE: upstream.baseUrl });

    for (const starts of [1, 2, 3]) {
      await output.says(/"msg":"Upstream /, starts);
      const url = `http://127.0.0.1:${ports.PORT}/model/m/converse-stream`;
      const response = await fetch(url, { method: 'POST', body: BODY });
      appendFileSync(source, `// edit ${starts}\n`);
      const events = decodeEventStream(await response.bytes());
      expect(events.at(-1)).toHaveProperty('serviceUnavailableException');
    }
    await output.says(/"msg":"Upstream /, 4);
    expect(output.text).not.toMatch(/EADDRINUSE|"level":"fatal"/);
    expect(output.text.match(/the port closes in \d+ ms/g)).toEqual(
      Array.from({ length: 3 }, () => 'the port closes in 0 ms'),
    );
  },
  TEST_TIMEOUT_MS,
);

it(
  'npm run start:dev restarts when the last of several edited files can be compiled, with the edits of all',
  async () => {
    using project = new TemporaryDirectory();
    symlinkSync(join(REPOSITORY, 'node_modules'), join(project.path, 'node_modules'));
    copyProject(project.path);
    project.write('src/main.ts', "import { value } from './value.js';\nconsole.log(`runs ${value}`);\n");
    project.write('src/value.ts', "export const value: string = 'one';\n");
    await using output = startDev(project.path, {});
    await output.says(/runs one/);
    project.write('src/broken.ts', 'const = 1;\n');
    await output.says(/\[91merror.*TS1134/);
    project.write('src/value.ts', "export const value: string = 'two';\n");
    project.write('src/broken.ts', 'const = 2;\n');
    await output.says(/\[91merror.*TS1134/, 2);
    project.write('src/broken.ts', 'export {};\n');
    await output.says(/runs two/);
  },
  TEST_TIMEOUT_MS,
);
