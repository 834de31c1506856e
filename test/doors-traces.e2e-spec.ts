import { errorBody } from './support/answers.js';
import { begins, DOORS } from './support/doors.js';
import { FILTERING, moderation } from './support/guarded-file.js';
import { OtlpReceiver, type ReceivedSpan } from './support/otlp-receiver.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';
import { ANSWER, TRACED_REQUESTS as CASES } from './support/traced-requests.js';

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

const FAILING = DOORS.filter(({ isStream }) => isStream);
const traceOf = (index: number): string => (index + 1).toString(16).padStart(32, '0');

describe('The spans', () => {
  let spans: readonly ReceivedSpan[];
  let sent: string;

  beforeAll(async () => {
    await using collector = await OtlpReceiver.start();
    await using service = await RoutedService.start(
      {
        upstreams: { first: { dialect: 'vllm' }, moderation: { dialect: 'openai' } },
        models: [{ match: 'sole', route: [{ upstream: 'first', model: 'served' }] }],
        guardrails: [FILTERING],
      },
      { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
    );
    service.answerWith({ moderation: answerJson(moderation({})) });
    const ask = async (path: string, body: object, trace: string) => {
      const headers = { traceparent: `00-${trace}-${'1'.repeat(16)}-01` };
      await (
        await fetch(service.proxy.url + path, { method: 'POST', body: JSON.stringify(body), headers })
      ).bytes();
    };
    for (const [index, { path, body, script }] of CASES.entries()) {
      service.answerWith({ first: script });
      await ask(path, body, traceOf(index));
    }
    for (const [index, { path, body }] of FAILING.entries()) {
      service.answerWith({ first: begins(ANSWER, (_request, response) => void response.destroy()) });
      await ask(path, body, traceOf(CASES.length + index));
    }
    service.answerWith({ first: answerJson(errorBody('zebra'), 500) });
    for (const [index, { path, body }] of DOORS.entries()) {
      await ask(path, body, traceOf(CASES.length + FAILING.length + index));
    }
    await service.proxy.close();
    spans = collector.spans;
    sent = JSON.stringify(collector.requests);
  });

  const ofTrace = (index: number) => {
    const own = spans.filter(({ traceId }) => traceId === traceOf(index));
    return {
      server: own.filter(({ kind }) => kind === SERVER),
      calls: own.filter(({ kind }) => kind === CLIENT),
    };
  };

  it.each(CASES.map((one, index) => [one.name, one, index] as const))('of %s', (_, one, index) => {
    const { server, calls } = ofTrace(index);
    expect(server.map(({ name, status, attributes }) => [name, status, attributes])).toEqual([
      [
        one.operation,
        0,
        {
          'http.request.method': 'POST',
          'http.response.status_code': one.isRefused ? 400 : 200,
          ...(one.service !== undefined && {
            'rpc.system': 'aws-api',
            'rpc.service': one.service,
            'rpc.method': one.operation,
          }),
          'aws.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          ...(one.isRefused && { 'error.type': 'ValidationException' }),
        },
      ],
    ]);
    expect(calls.map(({ name, status, attributes }) => [name, status, attributes])).toEqual(
      one.calls.map(([name, attributes]) => [
        name,
        0,
        {
          'gen_ai.provider.name': name.startsWith('moderation') ? 'openai' : 'vllm',
          'gen_ai.request.model': name.split(' ')[1],
          'server.address': '127.0.0.1',
          'server.port': expect.any(Number) as number,
          ...attributes,
        },
      ]),
    );
    for (const call of calls) {
      expect(call.parentSpanId).toBe(server[0]?.spanId);
      expect(call.endMs).toBeGreaterThanOrEqual(call.startMs);
    }
  });

  it.each(FAILING.map((door, index) => [door.name, index] as const))(
    'of %s that breaks are errors',
    (_, index) => {
      const { server, calls } = ofTrace(CASES.length + index);
      expect(
        [server, calls].flat().map(({ status, attributes }) => [status, attributes['error.type']]),
      ).toEqual([
        [ERROR, 'ModelStreamErrorException'],
        [ERROR, 'reset'],
      ]);
    },
  );

  it.each(DOORS.map((door, index) => [door.name, index] as const))(
    'of %s that fails are errors',
    (_, index) => {
      const { server, calls } = ofTrace(CASES.length + FAILING.length + index);
      expect(
        [server, calls].flat().map(({ status, attributes }) => [status, attributes['error.type']]),
      ).toEqual([
        [ERROR, 'InternalServerException'],
        [ERROR, 'error'],
      ]);
    },
  );

  it('hold nothing of prompts and answers', () => {
    expect(spans.length).toBeGreaterThan(CASES.length);
    expect(sent).not.toMatch(/zebra|walrus/);
  });
});
