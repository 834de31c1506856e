import { RateLimiterMemory } from 'rate-limiter-flexible';
import { isLimited, Limiter } from './limiter.js';
import { LimitExceededError } from './limit-exceeded.error.js';
import { RequestCounter } from './request-counter.js';

const store = () => new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 60 });
const limiter = () => new Limiter(new RequestCounter(store()));

describe('isLimited', () => {
  it.each([
    [{}, false],
    [{ requestsPerMinute: 1 }, true],
    [{ concurrent: 1 }, true],
  ])('%j: %p', (limits, expected) => {
    expect(isLimited(limits)).toBe(expected);
  });
});

describe('Limiter', () => {
  it('counts the requests of each key separately', async () => {
    const limits = { requestsPerMinute: 2 };
    const limited = limiter();
    await limited.acquire('a', limits);
    await limited.acquire('a', limits);
    await limited.acquire('b', limits);
    const refusal: unknown = await limited.acquire('a', limits).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LimitExceededError);
    expect(refusal).toMatchObject({ retryAfterMs: expect.any(Number) });
    await expect(limited.acquire('a', { requestsPerMinute: 5 })).resolves.toBeDefined();
  });

  it('counts a release only once', async () => {
    const limits = { concurrent: 1 };
    const limited = limiter();
    const leave = await limited.acquire('a', limits);
    const second = limited.acquire('a', limits);
    const third = limited.acquire('a', limits);
    leave();
    leave();
    const leaveSecond = await second;
    const stillWaits = Symbol('still waits');
    expect(await Promise.race([third, Promise.resolve(stillWaits)])).toBe(stillWaits);
    leaveSecond();
    (await third)();
  });

  it('releases the concurrency slot of a request that exceeds the limit per minute', async () => {
    const limits = { concurrent: 1, requestsPerMinute: 1 };
    const limited = limiter();
    (await limited.acquire('a', limits))();
    await expect(limited.acquire('a', limits)).rejects.toBeInstanceOf(LimitExceededError);
    await expect(limited.acquire('a', { concurrent: 1 })).resolves.toBeDefined();
  });

  it('allows all requests while the store fails, and reports the error', async () => {
    const away = new Error('away');
    const reasons: unknown[] = [];
    const broken = Object.assign(store(), { consume: () => Promise.reject(away) });
    const limited = new Limiter(new RequestCounter(broken, (reason) => void reasons.push(reason)));
    await limited.acquire('a', { requestsPerMinute: 1 });
    await limited.acquire('a', { requestsPerMinute: 1 });
    expect(reasons).toEqual([away, away]);
  });
});
