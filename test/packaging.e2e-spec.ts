import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DIALECT_NAMES } from '../src/config/dialect-names.js';
import { Environment } from '../src/config/environment.js';
import { readEnvironment } from '../src/config/read-environment.js';
import { documentsMb } from './support/documents-mb.js';

const DEFAULTS = new Environment();
const VARIABLES = Object.keys(DEFAULTS);

describe('docker-compose.yml', () => {
  interface Service {
    image: string;
    build?: string;
    profiles?: string[];
    ports?: string[];
    environment?: Record<string, string>;
    volumes?: string[];
    secrets?: string[];
    depends_on?: Record<string, { condition: string }>;
    healthcheck?: { test: string[] };
    read_only?: boolean;
    mem_limit?: string;
    stop_grace_period?: string;
  }
  const { services, volumes, secrets } = parse(text('docker-compose.yml'), { merge: true }) as {
    services: Record<string, Service>;
    secrets: Record<string, { file: string }>;
    volumes: Record<string, null>;
  };
  const proxies = Object.entries(services).filter(([, service]) => service.build !== undefined);
  const servers = Object.entries(services).filter(([name]) => name !== 'ollama-model');

  it('has LiteLLM by default; Ollama, vLLM and the inspector by profile', () => {
    const profiles = Object.entries(services).map(([name, service]) => [name, service.profiles ?? []]);
    expect(Object.fromEntries(profiles)).toEqual({
      proxy: [],
      litellm: [],
      'proxy-inspector': ['inspector'],
      'proxy-ollama': ['ollama'],
      ollama: ['ollama'],
      'ollama-model': ['ollama'],
      'proxy-vllm': ['vllm'],
      vllm: ['vllm'],
    });
  });

  it.each(servers)('%s has a health check', (_, { build, healthcheck }) => {
    // a built image has the health check of its Dockerfile
    expect(healthcheck?.test[0] ?? build).toMatch(/^(CMD|\.)$/);
  });

  it.each(Object.entries(services))(
    '%s waits for its dependencies, in a state that they can reach',
    (_, service) => {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        const needed = services[name];
        const reachable = needed?.healthcheck ? 'service_healthy' : 'service_completed_successfully';
        expect([name, condition]).toEqual([name, reachable]);
        // what has no profile is always there
        expect(needed?.profiles ?? service.profiles ?? []).toEqual(service.profiles ?? []);
      }
    },
  );

  it.each(proxies)('%s has a valid configuration', (_, { environment = {} }) => {
    const known = [...VARIABLES, 'NODE_OPTIONS'];
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(() => readEnvironment({ ...environment, OPENAI_API_KEY: 'any' })).not.toThrow();
    expect(Object.keys(services)).toContain(new URL(environment['OPENAI_API_BASE'] ?? '').hostname);
  });

  it.each(proxies)('%s is published on loopback, on a port of its own, with a read-only root', (_, proxy) => {
    const isInspected = proxy.environment?.['INSPECTOR'] === 'true';
    expect(proxy.ports).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:800\d:8000$/),
      ...(isInspected ? ['127.0.0.1:9090:9090'] : []),
    ]);
    expect(proxies.filter(([, { ports }]) => ports?.[0] === proxy.ports?.[0])).toHaveLength(1);
    expect(proxy.read_only).toBe(true);
  });

  it('the inspector asks for a key, which is a secret', () => {
    const inspected = proxies.filter(([, { environment }]) => environment?.['INSPECTOR'] !== undefined);
    expect(inspected.map(([name]) => name)).toEqual(['proxy-inspector']);
    for (const [, { environment, secrets: [secret = ''] = [] }] of inspected) {
      expect(environment?.['INSPECTOR_KEY_FILE']).toBe(`/run/secrets/${secret}`);
      expect(secrets[secret]?.file).toMatch(/inspector\.sha256/);
    }
  });

  it.each(proxies)('%s has more time than its drain takes', (_, proxy) => {
    const { DRAIN_DELAY_MS, SHUTDOWN_TIMEOUT_MS } = readEnvironment(proxy.environment ?? {});
    const graceS = Number(/^(\d+)s$/.exec(proxy.stop_grace_period ?? '')?.[1]);
    expect(graceS * 1_000).toBeGreaterThanOrEqual(DRAIN_DELAY_MS + SHUTDOWN_TIMEOUT_MS + 10_000);
  });

  it.each(proxies)(
    '%s has memory for the heap, the bodies in flight twice, the answers, the process, and documents',
    (_, proxy) => {
      const { MAX_BODY_MB_IN_FLIGHT, MAX_ANSWER_MB_IN_FLIGHT } = readEnvironment(proxy.environment ?? {});
      const heapMb = Number(
        /--max-old-space-size=(\d+)/.exec(proxy.environment?.['NODE_OPTIONS'] ?? '')?.[1],
      );
      expect(proxy.mem_limit).toBe('1536m');
      const inFlightMb = 2 * MAX_BODY_MB_IN_FLIGHT + MAX_ANSWER_MB_IN_FLIGHT;
      const documents = documentsMb(proxy.environment ?? {});
      expect(heapMb + inFlightMb + 128 + documents).toBeLessThanOrEqual(1_536);
    },
  );

  it.each(proxies)('%s has as much memory as a pod of the manifests', (_, { environment = {} }) => {
    const deployment = text('deploy/base/deployment.yaml');
    for (const name of ['NODE_OPTIONS', 'MAX_BODY_MB_IN_FLIGHT', 'MAX_ANSWER_MB_IN_FLIGHT']) {
      const [, value] = new RegExp(`- name: ${name}\\n +value: '?([^'\\n]+)'?\\n`).exec(deployment) ?? [];
      expect([name, environment[name]]).toEqual([name, value]);
    }
  });

  it.each(servers.filter(([, { build }]) => build === undefined))(
    '%s is pinned to a version',
    (_, { image }) => {
      expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
    },
  );

  it('mounts files that exist and volumes that are declared', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    for (const source of mounted.map((volume) => volume.split(':')[0] ?? '')) {
      if (source.startsWith('./')) expect(text(source)).not.toBe('');
      else expect(Object.keys(volumes)).toContain(source);
    }
  });
});

describe('LiteLLM in the compose file', () => {
  it('offers models by wildcard, with keys from its environment', () => {
    expect(parse(text('deploy/compose/litellm.yaml'))).toEqual({
      model_list: ['openai', 'anthropic'].map((provider) => ({
        model_name: `${provider}/*`,
        litellm_params: {
          model: `${provider}/*`,
          api_key: `os.environ/${provider.toUpperCase()}_API_KEY`,
        },
      })),
      general_settings: { master_key: 'os.environ/LITELLM_MASTER_KEY' },
    });
  });
});

describe('Dockerfile', () => {
  const instructions = text('Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line !== '');
  const finalStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM')));

  it('uses the Node version of development, by tag', () => {
    const { devDependencies } = JSON.parse(text('package.json')) as { devDependencies: { node: string } };
    expect(instructions[0]).toBe(`ARG NODE_IMAGE=node:${devDependencies.node}-bookworm-slim`);
    expect(instructions.filter((line) => /^FROM (?!\$\{NODE_IMAGE\})/.test(line))).toEqual([]);
  });

  it('runs as an unprivileged user, reachable from outside the container', () => {
    expect(finalStage).toContain('USER 65532:65532');
    expect(finalStage.find((line) => line.startsWith('ENV'))).toMatch(
      /NODE_ENV=production .*HOST=0\.0\.0\.0/,
    );
  });

  it('starts node itself, as npm start does', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: { start: string } };
    expect(finalStage.at(-1)).toBe(`CMD ${JSON.stringify(scripts.start.split(' ')).replaceAll(',', ', ')}`);
  });

  it('checks its health with the script that the build creates', () => {
    expect(finalStage.find((line) => line.startsWith('HEALTHCHECK'))).toMatch(
      /CMD \["node", "dist\/healthcheck\.js"\]$/,
    );
    expect(text('src/healthcheck.ts')).not.toBe('');
  });

  it('installs from the lock file, without install scripts and without development packages in the image', () => {
    const installs = instructions.filter((line) => /npm (ci|i|install)\b/.test(line));
    expect(installs).toEqual([
      'RUN npm ci --ignore-scripts',
      'RUN npm ci --omit=dev --omit=optional --ignore-scripts',
    ]);
    expect(finalStage.filter((line) => line.startsWith('RUN'))).toEqual([]);
  });

  it('copies only files that .dockerignore admits', () => {
    const letIn = text('.dockerignore').match(/(?<=^!).+$/gm);
    const copied = instructions
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(new Set(copied)).toEqual(new Set(letIn));
  });
});

describe('.env.example', () => {
  const entries = [...text('.env.example').matchAll(/^((?:# .+\n)+)# ([A-Z_]+)=(.*)$/gm)];

  it('lists every variable that the proxy reads, in order, and no other', () => {
    expect(entries.map(([, , name]) => name)).toEqual(VARIABLES);
  });

  it.each(entries.map(([, comment, name, value]) => ({ comment, name: name ?? '', value })))(
    '$name: default and unit',
    ({ comment, name, value }) => {
      expect(value).toBe(String(Object.entries(DEFAULTS).find(([variable]) => variable === name)?.[1] ?? ''));
      if (name.endsWith('_MS')) expect(comment).toContain('in milliseconds');
      if (name.endsWith('_MB')) expect(comment).toContain('in MB');
    },
  );

  it('changes nothing when it is copied unchanged', () => {
    expect(text('.env.example').replace(/^(#.*)?\n/gm, '')).toBe('');
  });
});

describe('README.md', () => {
  const readme = text('README.md');

  it('lists every variable with its default', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` +\| (?:`(.+?)`)? +\|/gm)];
    const documented = Object.fromEntries(rows.map(([, name, value]) => [name, value ?? '']));
    const defaults = Object.entries(DEFAULTS).map(([name, value]) => [name, String(value ?? '')]);
    expect(documented).toEqual(Object.fromEntries(defaults));
  });

  it('marks exactly the clients that the tests run', () => {
    const packages = {
      JavaScript: '@aws-sdk/client-bedrock-runtime',
      'AI SDK': '@ai-sdk/amazon-bedrock',
      'LangChain (JS)': '@langchain/aws',
      'openai (JS)': 'openai',
      'anthropic (JS)': '@anthropic-ai/bedrock-sdk',
    };
    const specs = readdirSync(new URL('clients/', import.meta.url)).map((name) =>
      text(`test/clients/${name}`),
    );
    const run = Object.entries(packages).filter(([, name]) =>
      specs.some((spec) => spec.includes(`'${name}'`)),
    );
    const rows = [...readme.matchAll(/^\| (\S.*?) +\|.*\| tests +\|$/gm)].map(([, client]) => client);
    expect(new Set(rows)).toEqual(new Set(run.map(([client]) => client)));
    expect(rows).toHaveLength(5);
  });

  it('names every dialect', () => {
    const missing = DIALECT_NAMES.filter((name) => !readme.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it.each([...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? ''))(
    'links to %s, which exists',
    (path) => {
      expect(text(path)).not.toBe('');
    },
  );

  it.each([...readme.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script ?? ''))(
    'mentions npm run %s, which exists',
    (script) => {
      const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
      expect(Object.keys(scripts)).toContain(script);
    },
  );
});

function text(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
