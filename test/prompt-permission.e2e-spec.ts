import { hash } from 'node:crypto';
import { PLAYLIST, promptArn, textPrompt } from './support/prompted-file.js';
import { bearer, RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';
import { textCompletion } from './support/answers.js';

const CLAUDE = 'anthropic.claude-x';
const NOVA = 'amazon.nova-x';
const SECRET = 'SECRET0000';

function client(name: string, permissions: object): object {
  return { name, bearerSha256: hash('sha256', name), ...permissions };
}

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start({
    upstreams: { model: {} },
    models: [{ match: '*', route: [{ upstream: 'model', model: 'm' }] }],
    prompts: [
      textPrompt({ id: PLAYLIST, version: '1', text: 'one', modelId: CLAUDE }),
      textPrompt({ id: PLAYLIST, version: '2', text: 'two', modelId: NOVA }),
      textPrompt({ id: SECRET, text: 'secret', modelId: CLAUDE }),
      textPrompt({ id: 'PLAYGROUND', text: 'play', modelId: CLAUDE }),
    ],
    clients: [
      client('all', {}),
      client('claude', { models: ['*claude*'] }),
      client('nova', { models: ['*nova*'] }),
      client('play', { prompts: ['PLAY*'] }),
      client('first', { prompts: [`${PLAYLIST}:1`] }),
      client('second-of-claude', { prompts: [`${PLAYLIST}:2`], models: ['*claude*'] }),
      client('none', { prompts: [] }),
      client('arns', { models: ['arn:aws:bedrock:*:prompt/*'] }),
      client('ids', { models: [`${PLAYLIST}*`] }),
    ],
  });
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('model').requests.length = 0;
  service.answerWith({ model: answerJson(textCompletion('Hi')) });
});

const ALL = ['PLAYGROUND:DRAFT', `${PLAYLIST}:1`, `${PLAYLIST}:2`, `${SECRET}:DRAFT`];

/** Client → the versions that it may use. */
const PERMITTED: [name: string, prompts: string[]][] = [
  ['all', ALL],
  ['claude', ['PLAYGROUND:DRAFT', `${PLAYLIST}:1`, `${SECRET}:DRAFT`]],
  ['nova', [`${PLAYLIST}:2`]],
  ['play', ['PLAYGROUND:DRAFT', `${PLAYLIST}:1`, `${PLAYLIST}:2`]],
  ['first', [`${PLAYLIST}:1`]],
  ['second-of-claude', []],
  ['none', []],
  ['arns', []],
  ['ids', []],
];

const OPERATIONS = ['converse', 'converse-stream', 'invoke', 'invoke-with-response-stream'];

describe.each(PERMITTED)('%s', (name, permitted) => {
  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(service.proxy.url + path, bearer(name));
    return { status: response.status, text: await response.text() };
  };
  const named = (version: string): string => version.replace(':DRAFT', '');

  it('uses the prompts that it may use, and no other', async () => {
    for (const version of ALL) {
      for (const modelId of [promptArn(named(version)), named(version)]) {
        const isPermitted = permitted.includes(version);
        const { status, body } = await service.converse(modelId, {}, bearer(name));
        expect([modelId, status]).toEqual([modelId, isPermitted ? 200 : 403]);
        expect(isPermitted || !/claude|nova/.test(JSON.stringify(body).replace(name, ''))).toBe(true);
      }
    }
    expect(service.asked).toEqual({ model: permitted.length * 2 });
  });

  it('is refused by each operation alike', async () => {
    for (const version of ALL.filter((candidate) => !permitted.includes(candidate))) {
      for (const operation of OPERATIONS) {
        const response = await service.post(promptArn(named(version)), operation, {
          ...bearer(name),
          body: '{}',
        });
        expect([operation, response.status]).toEqual([operation, 403]);
        await response.text();
      }
    }
    expect(service.asked).toEqual({ model: 0 });
  });

  it('sees those alone', async () => {
    const seen: string[] = [];
    for (const id of ['PLAYGROUND', PLAYLIST, SECRET]) {
      const { status, text } = await get(`/prompts/?promptIdentifier=${id}`);
      const { promptSummaries = [] } = JSON.parse(text) as { promptSummaries?: { version: string }[] };
      expect(status).toBe(promptSummaries.length === 0 ? 404 : 200);
      seen.push(...promptSummaries.map((summary) => `${id}:${summary.version}`));
    }
    expect(seen).toEqual(permitted);

    const { text } = await get('/prompts/');
    const { promptSummaries } = JSON.parse(text) as { promptSummaries: { id: string }[] };
    expect(promptSummaries.map(({ id }) => id)).toEqual([
      ...new Set(permitted.map((version) => version.split(':')[0])),
    ]);
  });

  it('gets the others as it gets unknown ones', async () => {
    const unknown = await get('/prompts/UNKNOWN000/');
    for (const version of ALL) {
      const [id, number] = version.split(':');
      const found = await get(`/prompts/${id}/?promptVersion=${number}`);
      if (permitted.includes(version)) expect(found).toMatchObject({ status: 200 });
      else expect(found).toEqual(unknown);
    }
  });
});

describe('A client without permission', () => {
  it('does not learn whether a prompt exists', async () => {
    const [known, unknown] = await Promise.all(
      [SECRET, 'UNKNOWN000'].map((id) => service.converse(promptArn(id), {}, bearer('none'))),
    );
    expect(known?.body['message']).toBe(String(unknown?.body['message']).replace('UNKNOWN000', SECRET));
    expect([known?.status, unknown?.status]).toEqual([403, 403]);
  });
});
