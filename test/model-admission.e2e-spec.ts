import { textCompletion } from './support/answers.js';
import { GuardedService, TEAM_A_BEARER } from './support/guarded-service.js';
import { answerJson } from './support/scripted-upstream.js';

const ALLOWED = 'us.amazon.nova-lite';
const FORBIDDEN = 'us.anthropic.claude-opus-4';

let service: GuardedService;

beforeAll(async () => {
  service = await GuardedService.start({ teamAModels: ['us.amazon.nova-*'] });
  service.upstream.answerWith(answerJson(textCompletion('Hi')));
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream.requests.length = 0;
});

interface Door {
  readonly method: string;
  readonly path: string;
}

/**
 * The service lists its routes to a client that calls an unknown one, so a new route is tested without a change
 * here.
 */
async function doors(): Promise<Door[]> {
  const list = await (await call({ method: 'GET', path: '/nowhere' }, ALLOWED)).text();
  const found = [...list.matchAll(/\b(?<method>[A-Z]+) (?<path>\/[\w{}/.-]*[\w}])/g)];
  const doors = found.map(({ groups }) => groups as unknown as Door); // both groups always match
  // guardrails examine texts, and neither call nor describe a model; prompts have a test of their own
  return doors.filter(({ path }) => !/^\/(?:guardrail|prompts)/.test(path));
}

/** Names the model wherever a door may expect it: in the path and in the body. */
function call({ method, path }: Door, modelId: string): Promise<Response> {
  const modelConfiguration = { modelArn: modelId };
  const rerankingConfiguration = { bedrockRerankingConfiguration: { modelConfiguration } };
  const body = JSON.stringify({ model: modelId, modelId, rerankingConfiguration });
  return fetch(service.url + path.replace('{modelId}', modelId), {
    method,
    headers: { authorization: `Bearer ${TEAM_A_BEARER}` },
    ...(method === 'POST' && { body }),
  });
}

describe('A client that may not call a model', () => {
  it('has routes to try', async () => {
    expect(await doors()).toEqual(
      expect.arrayContaining([
        { method: 'POST', path: '/model/{modelId}/converse' },
        { method: 'POST', path: '/model/{modelId}/converse-stream' },
        { method: 'POST', path: '/model/{modelId}/count-tokens' },
        { method: 'POST', path: '/rerank' },
        { method: 'GET', path: '/foundation-models/{modelId}' },
      ]),
    );
  });

  it('is refused by every route that calls it', async () => {
    const calling = (await doors()).filter(({ method }) => method !== 'GET');
    for (const door of calling) {
      const refused = await call(door, FORBIDDEN);
      expect([door.path, refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([
        door.path,
        403,
        'AccessDeniedException',
      ]);
      expect([door.path, (await call(door, ALLOWED)).status]).not.toEqual([door.path, 403]);
    }
    expect(service.upstream.requests.map(({ body }) => body)).not.toContainEqual(
      expect.objectContaining({ model: FORBIDDEN }),
    );
  });

  it('does not find it by any route that describes models', async () => {
    const describing = (await doors()).filter(({ method }) => method === 'GET');
    for (const door of describing) {
      const answer = await call(door, FORBIDDEN);
      expect([door.path, answer.status]).toEqual([door.path, door.path.includes('{modelId}') ? 404 : 200]);
      expect(await answer.text()).not.toContain(FORBIDDEN);
    }
  });
});
