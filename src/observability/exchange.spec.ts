import { AnswerContent } from './answer-content.js';
import { exchangeRecord } from '../../test/support/exchange-record.js';
import { upstreamOf } from '../../test/support/upstream-target.js';
import type { ConverseStreamEvent } from '../bedrock/converse/converse-stream-event.js';
import { AttemptRecord } from './attempt-record.js';

const START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const STOP: ConverseStreamEvent = { messageStop: { stopReason: 'end_turn' } };
const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
const METADATA: ConverseStreamEvent = { metadata: { usage, metrics: { latencyMs: 1 } } };
const call = () => new AttemptRecord(upstreamOf(), 'served');

describe('An exchange', () => {
  it('records when a stream began and how it ended', () => {
    const exchange = exchangeRecord();
    expect(exchange.firstEventAtMs).toBeUndefined();
    exchange.recordEvents([START], 10);
    const { firstEventAtMs } = exchange;
    expect([exchange.usage, exchange.lastEventAtMs]).toEqual([undefined, undefined]);
    exchange.recordEvents([STOP, METADATA], 20);
    exchange.recordStreamEnd({ usage, stopReason: 'end_turn' });
    expect(exchange).toMatchObject({ usage, stopReason: 'end_turn', firstEventAtMs });
    expect(exchange.lastEventAtMs).toBeGreaterThanOrEqual(firstEventAtMs ?? Infinity);
  });

  it('keeps the events only when prompts are logged', () => {
    const exchange = exchangeRecord();
    exchange.recordEvents([START], 10);
    expect(exchange.content).toBeUndefined();
    const content = new AnswerContent();
    exchange.content = content;
    exchange.recordEvents([STOP, METADATA], 10);
    expect(content.items).toEqual([STOP, METADATA]);
  });

  it('records a broken stream as the failure of its attempt', () => {
    const exchange = exchangeRecord();
    const calls = [call(), call()];
    calls[0]?.fail({ outcome: 'connect' });
    calls[1]?.succeed();
    exchange.setRequest({ ignored: [], attempts: calls }, { genAiOperation: 'chat' });
    exchange.recordFailure('ModelStreamErrorException', { outcome: 'reset' });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['connect', 'reset']);
    expect(exchange.finish().exception).toBe('ModelStreamErrorException');
  });

  it('keeps the failure of an attempt that had failed before', () => {
    const exchange = exchangeRecord();
    const calls = [call()];
    calls[0]?.fail({ outcome: 'throttled' });
    exchange.setRequest({ ignored: [], attempts: calls }, { genAiOperation: 'chat' });
    exchange.recordFailure('ThrottlingException', { outcome: 'error' });
    expect(calls[0]?.outcome).toBe('throttled');
  });

  it('has no outcome for an attempt under way', () => {
    expect(call().outcome).toBeUndefined();
  });

  it('gives attempts the request id and the trace context of the client', () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    expect(exchangeRecord({ traceparent, cookie: 'c' }).headersOf(call())).toEqual([
      'x-request-id',
      'request-1',
      'traceparent',
      traceparent,
    ]);
  });
});
