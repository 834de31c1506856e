import { textCompletion } from '../support/answers.js';
import { GuardedService, TEAM_A } from '../support/guarded-service.js';
import { answerJson } from '../support/scripted-upstream.js';
import { converseWithSkewedClock } from '../support/skewed-client.js';

const MS_PER_MINUTE = 60_000;

describe('A client whose clock is wrong', () => {
  let service: GuardedService;

  beforeAll(async () => {
    service = await GuardedService.start();
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const converse = (minutes: number, http1: boolean, credentials = TEAM_A) =>
    converseWithSkewedClock({ url: service.url, http1, skewMs: minutes * MS_PER_MINUTE, credentials });

  it.each([
    ['by an hour ahead', 60, false, 2],
    ['by a day behind', -1_440, false, 2],
    ['by an hour ahead, over HTTP/1.1', 60, true, 2],
    ['by a minute', 1, true, 1],
  ])('%s corrects it by the answer, and is accepted', async (_, minutes, http1, attempts) => {
    await expect(converse(minutes, http1)).resolves.toEqual({ stopReason: 'end_turn', attempts });
  });

  it('is refused with a wrong secret', async () => {
    const stranger = { ...TEAM_A, secretAccessKey: 'guess' };
    await expect(converse(60, false, stranger)).resolves.toMatchObject({
      error: 'InvalidSignatureException',
    });
  });
});
