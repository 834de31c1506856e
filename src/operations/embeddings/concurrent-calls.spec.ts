import type { CallOptions, Transcript } from '../../openai/upstream-call.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { Cancellation } from '../../streaming/cancellation.js';
import { sendAll } from './concurrent-calls.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const options = (more: Partial<CallOptions> = {}): CallOptions => ({
  cancellation: new Cancellation(),
  ...more,
});

describe('sendAll', () => {
  it('answers in the order of the calls, whatever the order of the answers', async () => {
    const held: (() => void)[] = [];
    const answers = sendAll(numbers(4), options(), async (call) => {
      await new Promise<void>((resolve) => void held.push(resolve));
      return call * 10;
    });
    for (const release of held.toReversed()) release();
    await expect(answers).resolves.toEqual([0, 10, 20, 30]);
  });

  it('fails with the first failure, and ends once, after all calls have ended', async () => {
    const ended: number[] = [];
    let ends = 0;
    const failure = new UpstreamError('status', 'No', { status: 500 });
    const answers = sendAll(
      numbers(8),
      options({ onEnd: () => (ends += 1) }),
      async (call, { cancellation }) => {
        if (call === 1) throw failure;
        await new Promise<void>((resolve) => cancellation.onCancel(() => resolve()));
        ended.push(call);
        throw cancellation.reason ?? new Error('not cancelled');
      },
    );
    await expect(answers).rejects.toBe(failure);
    expect({ ended, ends }).toEqual({ ended: [0, 2, 3], ends: 1 });
  });

  it('cancels every call with the reason of the caller', async () => {
    const cancellation = new Cancellation();
    const reason = new Error('the client left');
    const answers = sendAll(numbers(2), options({ cancellation }), async (_call, call) => {
      await new Promise<void>((resolve) => call.cancellation.onCancel(() => resolve()));
      throw call.cancellation.reason ?? new Error('not cancelled');
    });
    cancellation.cancel(reason);
    await expect(answers).rejects.toBe(reason);
  });

  it('gives each call what is left of the time', async () => {
    const times = await sendAll(
      numbers(5),
      options({ timeoutMs: 1_000 }),
      async (_call, { timeoutMs }) => timeoutMs,
    );
    expect(times.every((ms = 0) => ms >= 1 && ms <= 1_000)).toBe(true);
  });

  it('keeps one transcript of all calls, in their order', async () => {
    const kept = { sent: '', received: '' };
    const transcript: Transcript = {
      sent: (body) => Object.assign(kept, { sent: String(body), received: '' }),
      received: (part) =>
        void (kept.received += typeof part === 'string' ? part : Buffer.concat(part).toString()),
    };
    await sendAll(numbers(3), options({ transcript }), async (call, own) => {
      own.transcript?.sent('a repeated request');
      own.transcript?.sent(`{"call":${call}}`);
      own.transcript?.received([Buffer.from(`{"answer":`)]);
      own.transcript?.received(`${call}}`);
    });
    expect(kept).toEqual({
      sent: '{"call":0}\n{"call":1}\n{"call":2}',
      received: '{"answer":0}\n{"answer":1}\n{"answer":2}',
    });
  });
});
