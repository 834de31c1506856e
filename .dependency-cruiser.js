/*
 * Who may import whom. A room is a folder of src; what it may import is named here, everything else is
 * refused. docs/architecture.md says why.
 */
const ROOMS = {
  streaming: [],
  config: [],
  bedrock: [],
  openai: ['config'],
  translation: ['bedrock', 'openai'],
  routing: ['bedrock', 'config', 'openai'],
  limits: ['config'],
  server: ['bedrock', 'config'],
  auth: ['bedrock', 'config', 'observability', 'routing', 'server'],
  health: ['config', 'openai', 'server'],
  observability: ['bedrock', 'config', 'routing', 'server'],
  operations: [
    'auth',
    'bedrock',
    'config',
    'limits',
    'observability',
    'openai',
    'routing',
    'server',
    'translation',
  ],
};

/** Every room may import it. */
const STREAMING = 'streaming';

const rooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room} imports only ${['itself', STREAMING, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: [room, STREAMING, ...allowed].map((name) => `^src/${name}/`) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rooms,
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the bridge is pure: no npm or Node module',
      severity: 'error',
      from: { path: '^src/translation/', pathNot: '\\.(mapper|module|spec)\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only the gateway reaches the network',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/openai/', '^src/healthcheck\\.ts$', '\\.spec\\.ts$'] },
      to: { path: ['undici', '^node_modules/openai/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the server hears, it does not call',
      severity: 'error',
      from: { path: '^src/bedrock/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(http|https|http2|net|tls)$',
        dependencyTypes: ['core'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no source imports a test',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^test/', '^demo/', '\\.spec\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
