import { hash } from 'node:crypto';
import { jest } from '@jest/globals';
import { errorBody, ending } from './support/answers.js';
import { answersWith, begins, type Door, DOORS, knock, MODEL, STREAMS, textOf } from './support/doors.js';
import { holdTimers } from './support/held-timers.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson, toServerSentEvent, type UpstreamScript } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const named = (doors: readonly Door[]): [string, Door][] => doors.map((door) => [door.name, door]);

async function outcomeOf(response: Response, [, word]: readonly [number, string]): Promise<unknown[]> {
  const text = await response.text();
  return [response.status, text.includes(word) ? word : text];
}

describe('A full process', () => {
  const leaving = new AbortController();
  let service: Service;

  beforeAll(async () => {
    service = await Service.start({ MAX_REQUESTS_IN_FLIGHT: '1' });
    service.upstream.answerWith(() => undefined);
    for (const door of DOORS.slice(0, 1)) {
      knock(service.url, door, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
    await service.upstream.received(1);
  });
  afterAll(async () => {
    leaving.abort();
    await service.upstream.socketsDownTo(0);
    await service[Symbol.asyncDispose]();
  });

  it.each(named(DOORS))('sheds %s in the words of its API', async (_, door) => {
    const response = await knock(service.url, door);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await outcomeOf(response, door.failures.overloaded)).toEqual(door.failures.overloaded);
    expect(service.upstreamRequests).toHaveLength(1);
  });
});

describe('A route', () => {
  const limits = (index: number) => ({
    name: `limited-${index}`,
    bearerSha256: hash('sha256', `limited-${index}`),
    limits: { requestsPerMinute: 1 },
  });
  let service: RoutedService;

  beforeAll(async () => {
    service = await RoutedService.start({
      upstreams: { first: {}, second: {} },
      models: [{ match: MODEL, route: [{ upstream: 'first' }, { upstream: 'second' }] }],
      clients: [
        { name: 'free', bearerSha256: hash('sha256', 'free') },
        { name: 'one', bearerSha256: hash('sha256', 'one'), limits: { concurrent: 1 } },
        { name: 'other', bearerSha256: hash('sha256', 'other'), models: ['another'] },
        ...DOORS.map((_, index) => limits(index)),
      ],
    });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  afterEach(() => jest.useRealTimers());
  beforeEach(() => {
    service.answerWith({ first: answersWith('Hi'), second: answersWith('Hi') });
  });
  const ask = (door: Door, key: string, init: RequestInit = {}) => knock(service.proxy.url, door, key, init);

  it.each(DOORS.map((door, index) => [door.name, door, `limited-${index}`] as const))(
    'counts %s among the requests of a client',
    async (_, door, key) => {
      expect(await textOf(await ask(door, key))).toContain('Hi');
      const calls = { ...service.asked };
      const refused = await ask(door, key);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await outcomeOf(refused, door.failures.throttled)).toEqual(door.failures.throttled);
      expect(service.asked).toEqual(calls);
    },
  );

  it.each(named(DOORS))('is closed to clients without permission at %s', async (_, door) => {
    const calls = { ...service.asked };
    expect(await outcomeOf(await ask(door, 'other'), door.failures.forbidden)).toEqual(
      door.failures.forbidden,
    );
    expect(service.asked).toEqual(calls);
  });

  it.each(named(DOORS))('gives the place of a client free when its answer ends: %s', async (_, door) => {
    holdTimers();
    for (const _turn of [1, 2, 3]) expect(await textOf(await ask(door, 'one'))).toContain('Hi');
  });

  it.each(named(DOORS))('ends the call of an upstream when the client of %s leaves', async (_, door) => {
    holdTimers();
    service.upstream('first').endIdleConnections();
    await service.upstream('first').socketsDownTo(0);
    service.answerWith({ first: begins('Hi') });
    const calls = service.upstream('first').requests.length;
    const leaving = new AbortController();
    const answer = ask(door, 'one', {
      signal: leaving.signal,
      headers: { authorization: 'Bearer one' },
    });
    const left = answer.then(textOf).catch(() => 'left');
    await service.upstream('first').received(calls + 1);
    if (door.isStream) await answer;
    leaving.abort();
    expect(await left).toBe('left');
    await service.upstream('first').socketsDownTo(0);
    service.answerWith({ first: answersWith('Next') });
    expect(await textOf(await ask(door, 'one'))).toContain('Next');
  });

  it.each(named(DOORS))('leads to its next target when the first fails: %s', async (_, door) => {
    service.answerWith({ first: answerJson(errorBody('sorry'), 500), second: answersWith('Second') });
    expect(await textOf(await ask(door, 'free'))).toContain('Second');
  });

  it.each(named(DOORS))('tells at %s that all targets fail', async (_, door) => {
    const fails = answerJson(errorBody('sorry'), 500);
    service.answerWith({ first: fails, second: fails });
    expect(await outcomeOf(await ask(door, 'free'), door.failures.failed)).toEqual(door.failures.failed);
  });
});

describe('A stream', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const rests: [string, UpstreamScript][] = [
    ['ends without a finish', (_request, response) => response.end()],
    ['breaks its connection', (_request, response) => response.destroy()],
    ['sends garbage', (_request, response) => response.end('data: {"choices":\n\n')],
    ['sends an error', (_request, response) => response.end(toServerSentEvent(errorBody('Oh')))],
  ];
  const cases = STREAMS.flatMap((door) =>
    rests.map(([name, rest]) => [door.name, name, door, rest] as const),
  );
  it.each(cases)('of %s whose upstream %s never ends as if it were whole', async (...of) => {
    const [, , door, rest] = of;
    service.upstream.answerWith(begins('Hi', rest));
    const text = await textOf(await knock(service.url, door));
    expect(text).toContain('Hi');
    expect(text).toContain(door.failures.broken);
    expect(text).not.toContain(door.ending);
  });

  it.each(named(STREAMS))('of %s has the ending that is looked for when it is whole', async (_, door) => {
    service.upstream.answerWith(answersWith('Hi'));
    const text = await textOf(await knock(service.url, door));
    expect(text).toContain(door.ending);
    expect(text).not.toContain(door.failures.broken);
  });
});

describe('A process that ends', () => {
  it.each(named(STREAMS))('waits for the stream of %s', async (_, door) => {
    await using service = await Service.start();
    const { promise: closing, resolve: goOn } = Promise.withResolvers<void>();
    service.upstream.answerWith(
      begins('Hi', async (_request, response) => {
        await closing;
        response.end(ending('stop').map(toServerSentEvent).join('') + 'data: [DONE]\n\n');
      }),
    );
    const response = await knock(service.url, door);
    const closed = service.proxy.close();
    goOn();
    expect(await textOf(response)).toContain(door.ending);
    await closed;
  });

  it.each(named(DOORS))('tells %s so when its time is over', async (_, door) => {
    await using service = await Service.start({ SHUTDOWN_TIMEOUT_MS: '50' });
    service.upstream.answerWith(begins('Hi'));
    const answer = knock(service.url, door);
    await service.upstream.received(1);
    if (door.isStream) await answer;
    await service.proxy.close();
    const response = await answer;
    expect(response.status).toBe(door.isStream ? 200 : door.failures.overloaded[0]);
    const text = await textOf(response);
    expect(text).toContain(door.isStream ? door.failures.ended : door.failures.overloaded[1]);
    expect(text).not.toContain(door.ending);
    await service.upstream.socketsDownTo(0);
  });
});
