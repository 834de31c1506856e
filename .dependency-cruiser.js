/*
 * Which folder of src may import which. Each folder (room) lists the folders that it may import; every other
 * import is an error. docs/architecture.md explains the rooms.
 */
const ROOMS = {
  streaming: [],
  config: [],
  bedrock: [],
  documents: ['config'],
  'object-store': ['bedrock', 'config'],
  openai: ['config'],
  cli: ['bedrock', 'config'],
  translation: ['bedrock', 'openai'],
  formats: ['bedrock', 'config', 'openai'],
  routing: ['bedrock', 'config', 'openai'],
  guardrails: ['bedrock', 'config'],
  prompts: ['bedrock', 'config'],
  limits: ['config'],
  server: ['bedrock', 'config'],
  auth: ['bedrock', 'config', 'observability', 'routing', 'server'],
  inspector: ['auth', 'config', 'observability', 'server'],
  health: ['config', 'openai', 'server'],
  observability: ['bedrock', 'config', 'routing', 'server'],
  operations: [
    'auth',
    'bedrock',
    'config',
    'documents',
    'formats',
    'guardrails',
    'limits',
    'object-store',
    'observability',
    'openai',
    'prompts',
    'routing',
    'server',
    'translation',
  ],
};

/** Every room may import this one. */
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
      name: 'translation is pure: it imports no npm or Node module',
      severity: 'error',
      from: { path: '^src/translation/', pathNot: '\\.(mapper|module|spec)\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the formats know the upstream by its types alone',
      severity: 'error',
      from: { path: '^src/formats/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/openai/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a format knows no other format, and only the registry knows them',
      severity: 'error',
      from: {
        path: '^src/(?!formats/format-registry\\.ts$)',
        pathNot: ['\\.spec\\.ts$', '^src/formats/([^/]+)/'],
      },
      to: { path: '^src/formats/[^/]+/' },
    },
    {
      name: 'a format is one folder',
      severity: 'error',
      from: { path: '^src/formats/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/formats/[^/]+/', pathNot: '^src/formats/$1/' },
    },
    {
      name: 'only openai calls other servers',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/openai/', '^src/healthcheck\\.ts$', '\\.spec\\.ts$'] },
      to: { path: ['undici', '^node_modules/openai/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only the object store calls S3',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/object-store/', '\\.spec\\.ts$'] },
      to: { path: '^node_modules/@aws-sdk/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the S3 client is loaded with the first object, not with the process',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^node_modules/@aws-sdk/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'bedrock uses no network module',
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
