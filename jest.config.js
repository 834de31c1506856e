/** The longest test takes ten seconds on an idle machine; only a hang takes longer than this on a busy one. */
const TEST_TIMEOUT_MS = 300_000;

/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*-spec.ts', '<rootDir>/demo/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)(?<!\\.json)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false, tsconfig: 'tsconfig.json' }],
  },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/start-of-run.js',
  globalTeardown: '<rootDir>/test/support/end-of-run.js',
  testEnvironment: '<rootDir>/test/support/suite-environment.js',
  testTimeout: TEST_TIMEOUT_MS,
  // Jest leaves one CPU unused by default, which is half of a machine with two
  maxWorkers: '100%',
  // a process keeps what suites leave behind, and then collects garbage longer than it runs tests
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/support/longest-first.js',
};
