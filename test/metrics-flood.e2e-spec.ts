import { textCompletion } from './support/answers.js';
import { LogLines } from './support/log-lines.js';
import { Scrape } from './support/scrape.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const FLOOD = 10_000;
/** Enough for ten seconds of computing: only a hanging test fails. */
const TIMEOUT_MS = 900_000;
/** Below this number the process never sheds, however busy it is, so each request must be answered. */
const AT_ONCE = 25;
const DURATION = 'gen_ai_server_request_duration_seconds_count';
const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };

it(
  'A flood of model ids and parameters without a configuration file ends in "other"',
  async () => {
    const log = new LogLines();
    await using service = await Service.start({ LOG_LEVEL: 'info' }, log);
    log.clear();
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const ask = async (index: number): Promise<void> => {
      const body = JSON.stringify({ ...HELLO, [`unknown${index}`]: 1 });
      const response = await fetch(`${service.url}/model/flood-${index}/converse`, { method: 'POST', body });
      await response.arrayBuffer();
      expect(response.status).toBe(200);
    };
    for (let index = 0; index < FLOOD; index += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => ask(index + offset)));
    }
    await log.reach(FLOOD);
    const metrics = await Scrape.of(service.proxy.managementUrl);
    expect(metrics.values(DURATION, 'gen_ai_original_model')).toHaveLength(101);
    expect(metrics.value(DURATION, { gen_ai_original_model: 'other' })).toBe(FLOOD - 100);
    expect(metrics.values('proxy_ignored_parameters_total', 'parameter')).toHaveLength(101);
    expect(metrics.samples.length).toBeLessThan(20_000);
  },
  TIMEOUT_MS,
);
