import { TestEnvironment } from 'jest-environment-node';
import perfHooks, { PerformanceObserver } from 'node:perf_hooks';
import { keepCode } from './code-cache.js';

const { monitorEventLoopDelay } = perfHooks;
const releases = [];

/** The metrics of a service observe the process until it ends. Here they would keep every service of every suite. */
function releaseObservers() {
  for (const release of releases.splice(0)) release();
}

perfHooks.PerformanceObserver = class extends PerformanceObserver {
  observe(options) {
    releases.push(() => this.disconnect());
    super.observe(options);
  }
};
perfHooks.monitorEventLoopDelay = (options) => {
  const histogram = monitorEventLoopDelay(options);
  releases.push(() => histogram.disable());
  return histogram;
};
keepCode();

/** The environment of a suite, in a process that runs many of them. docs/decisions/2026-11-29-suites-share-processes.md */
export default class SuiteEnvironment extends TestEnvironment {
  async teardown() {
    releaseObservers();
    await super.teardown();
  }
}
