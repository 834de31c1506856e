import { RateLimiterMemory } from 'rate-limiter-flexible';
import { isLimited, Limiter } from './limiter.js';
import { OverLimitError } from './over-limit.error.js';
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
  it('counts the requests of each key by itself', async () => {
    const limits = { requestsPerMinute: 2 };
    const limited = limiter();
    await limited.admit('a', limits);
    await limited.admit('a', limits);
    await limited.admit('b', limits);
    const refusal: unknown = await limited.admit('a', limits).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OverLimitError);
    expect(refusal).toMatchObject({ retryAfterMs: expect.any(Number) });
    await expect(limited.admit('a', { requestsPerMinute: 5 })).resolves.toBeDefined();
  });

  it('takes a place back once, however often it is given back', async () => {
    const limits = { concurrent: 1 };
    const limited = limiter();
    const leave = await limited.admit('a', limits);
    const second = limited.admit('a', limits);
    const third = limited.admit('a', limits);
    leave();
    leave();
    const leaveSecond = await second;
    const stillWaits = Symbol('still waits');
    expect(await Promise.race([third, Promise.resolve(stillWaits)])).toBe(stillWaits);
    leaveSecond();
    (await third)();
  });

  it('keeps no place for a request over the limit of the minute', async () => {
    const limits = { concurrent: 1, requestsPerMinute: 1 };
    const limited = limiter();
    (await limited.admit('a', limits))();
    await expect(limited.admit('a', limits)).rejects.toBeInstanceOf(OverLimitError);
    await expect(limited.admit('a', { concurrent: 1 })).resolves.toBeDefined();
  });

  it('lets everybody pass while the store is away, and says why', async () => {
    const away = new Error('away');
    const reasons: unknown[] = [];
    const broken = Object.assign(store(), { consume: () => Promise.reject(away) });
    const limited = new Limiter(new RequestCounter(broken, (reason) => void reasons.push(reason)));
    await limited.admit('a', { requestsPerMinute: 1 });
    await limited.admit('a', { requestsPerMinute: 1 });
    expect(reasons).toEqual([away, away]);
  });
});
