import { jest } from '@jest/globals';
import { targetOf, upstreamOf } from '../../test/support/upstream-target.js';
import { UpstreamError, type UpstreamErrorDetails, type UpstreamFailure } from '../openai/upstream.error.js';
import { CircuitOpenError, TargetHealth, type Availability } from './target-health.js';
import { TargetHealthRegistry } from './target-health-registry.js';

const ENOUGH = 10;
const START_MS = 1_000_000;

let nowMs: number;
beforeEach(() => {
  nowMs = START_MS;
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
});
afterEach(() => jest.restoreAllMocks());

const failure = (kind: UpstreamFailure, details: UpstreamErrorDetails = {}) =>
  new UpstreamError(kind, 'No', details);

async function fails(health: TargetHealth, error: Error, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await expect(health.run(() => Promise.reject(error))).rejects.toBe(error);
  }
}

const succeeds = (health: TargetHealth) => health.run(() => Promise.resolve('answer'));

describe('TargetHealth', () => {
  it.each([
    ['500', failure('status', { status: 500 })],
    ['503', failure('status', { status: 503 })],
    ['529', failure('status', { status: 529 })],
    ['timeouts', failure('timeout')],
    ['refused connections', failure('connect')],
    ['broken connections', failure('reset')],
  ])('opens after many %s', async (_, error) => {
    const health = new TargetHealth();
    await fails(health, error, ENOUGH - 1);
    expect(health.availability).toBe('ready');
    await fails(health, error);
    expect(health.availability).toBe('open');
    expect(health.retryAfterMs).toBe(10_000);
    await expect(succeeds(health)).rejects.toBeInstanceOf(CircuitOpenError);
  });

  it.each([
    ['400', failure('status', { status: 400 })],
    ['429', failure('status', { status: 429 })],
    ['500 that refuse the request', failure('status', { status: 500, refusesRequest: true })],
    ['401', failure('status', { status: 401 })],
    ['answers that are none', failure('unusable')],
    ['models that fail', failure('status')],
    ['clients that leave', failure('aborted')],
    ['errors that are no upstream’s', new Error('a bug')],
  ])('stays closed after many %s', async (_, error) => {
    const health = new TargetHealth();
    await fails(health, error, 3 * ENOUGH);
    expect(health.availability).toBe('ready');
  });

  it('remains closed while half of the calls succeed', async () => {
    const health = new TargetHealth();
    for (let count = 0; count < 3 * ENOUGH; count += 1) {
      await succeeds(health);
      await fails(health, failure('connect'));
    }
    expect(health.availability).toBe('ready');
  });

  it.each<[outcome: string, probe: (health: TargetHealth) => Promise<unknown>, standing: Availability]>([
    ['succeeds', succeeds, 'ready'],
    [
      'is refused because of its content',
      (health) => fails(health, failure('status', { status: 400 })),
      'ready',
    ],
    ['fails', (health) => fails(health, failure('connect')), 'open'],
    ['is cancelled by its client', (health) => fails(health, failure('aborted')), 'open'],
  ])('allows one trial call after a pause: it %s', async (_, probe, standing) => {
    const health = new TargetHealth();
    await fails(health, failure('connect'), ENOUGH);
    nowMs += 10_001;
    expect(health.availability).toBe('ready');
    await probe(health);
    expect(health.availability).toBe(standing);
  });

  it('is probed by one call, and does not hold up others', async () => {
    const health = new TargetHealth();
    await fails(health, failure('connect'), ENOUGH);
    nowMs += 10_001;
    const { promise, resolve } = Promise.withResolvers<string>();
    const probe = health.run(() => promise);
    expect(health.availability).toBe('probed');
    await expect(succeeds(health)).resolves.toBe('answer');
    expect(health.availability).toBe('probed');
    resolve('probe');
    await expect(probe).resolves.toBe('probe');
    expect(health.availability).toBe('ready');
  });

  it.each([
    ['as long as it asks', 5_000, 5_000],
    ['ten minutes at most', 86_400_000, 600_000],
  ])('waits %s', async (_, retryAfterMs, waitMs) => {
    const health = new TargetHealth();
    await fails(health, failure('status', { status: 429, retryAfterMs }));
    expect(health.availability).toBe('waiting');
    expect(health.retryAfterMs).toBe(waitMs);
    nowMs += waitMs;
    expect(health.availability).toBe('ready');
    expect(health.retryAfterMs).toBe(0);
  });
});

describe('TargetHealths', () => {
  const first = targetOf('generic', { upstream: upstreamOf({ name: 'first' }) });
  const second = targetOf('generic', { upstream: upstreamOf({ name: 'second' }) });
  const waits = failure('status', { status: 429, retryAfterMs: 5_000 });

  it('keeps one health for each model of an upstream', () => {
    const healths = new TargetHealthRegistry();
    const health = healths.of(first);
    expect(healths.of({ ...first })).toBe(health);
    expect(healths.of({ ...first, model: 'other' })).not.toBe(health);
    expect(healths.of({ ...first, upstream: { ...first.upstream } })).not.toBe(health);
  });

  it('forgets the oldest of many models', () => {
    const healths = new TargetHealthRegistry();
    const health = healths.of(first);
    for (let count = 0; count < 1_000; count += 1) healths.of({ ...first, model: `m${count}` });
    expect(healths.of(first)).not.toBe(health);
  });

  it('returns the available targets in order', async () => {
    const healths = new TargetHealthRegistry();
    expect(healths.available([first, second])).toEqual([first, second]);
    await fails(healths.of(first), waits);
    expect(healths.available([first, second])).toEqual([second]);
    expect(healths.available([first])).toEqual([first]);
    await fails(healths.of(second), failure('connect'), ENOUGH);
    expect(healths.available([first, second])).toEqual([]);
    expect(healths.available([second])).toEqual([]);
    expect(healths.retryAfterMs([first, second])).toBe(5_000);
  });

  it('gives one that is being tried only where there is no other', async () => {
    const healths = new TargetHealthRegistry();
    await fails(healths.of(first), failure('connect'), ENOUGH);
    nowMs += 10_001;
    const { promise, resolve } = Promise.withResolvers<void>();
    const probe = healths.of(first).run(() => promise);
    expect(healths.available([first, second])).toEqual([second]);
    expect(healths.available([first])).toEqual([first]);
    await fails(healths.of(second), waits);
    expect(healths.available([first, second])).toEqual([first]);
    resolve();
    await probe;
  });
});
