import { Cancellation } from './cancellation.js';

describe('Cancellation', () => {
  const heard: string[] = [];
  const first = (): void => void heard.push('first');
  const second = (): void => void heard.push('second');
  const third = (): void => void heard.push('third');
  beforeEach(() => {
    heard.length = 0;
  });

  it('calls every listener once, in the order in which they were added', () => {
    const cancellation = new Cancellation();
    for (const listener of [first, second, third]) cancellation.onCancel(listener);
    expect([cancellation.isCancelled, heard]).toEqual([false, []]);
    cancellation.cancel();
    cancellation.cancel();
    expect([cancellation.isCancelled, heard]).toEqual([true, ['first', 'second', 'third']]);
  });

  it('does not call a listener that was removed, or was added too late', () => {
    const cancellation = new Cancellation();
    for (const listener of [first, second, third]) cancellation.onCancel(listener);
    cancellation.offCancel(first);
    cancellation.offCancel(first);
    cancellation.offCancel(third);
    cancellation.cancel();
    cancellation.onCancel(first);
    cancellation.cancel();
    expect(heard).toEqual(['second']);
  });

  it('calls a listener that another one removes meanwhile', () => {
    const cancellation = new Cancellation();
    const remover = (): void => cancellation.offCancel(second);
    cancellation.onCancel(remover);
    cancellation.onCancel(second);
    cancellation.cancel();
    expect(heard).toEqual(['second']);
  });

  it('keeps the first reason', () => {
    const cancellation = new Cancellation();
    const reasons: Error[] = [];
    cancellation.onCancel((reason) => void reasons.push(reason));
    expect(() => cancellation.throwIfCancelled()).not.toThrow();
    const reason = new Error('the client left');
    cancellation.cancel(reason);
    cancellation.cancel(new Error('too late'));
    expect([cancellation.reason, ...reasons]).toEqual([reason, reason]);
    expect(() => cancellation.throwIfCancelled()).toThrow(reason);
  });
});
