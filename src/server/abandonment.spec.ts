import { Abandonment } from './abandonment.js';

describe('Abandonment', () => {
  const heard: string[] = [];
  const first = (): void => void heard.push('first');
  const second = (): void => void heard.push('second');
  beforeEach(() => {
    heard.length = 0;
  });

  it('tells everybody who listens, once', () => {
    const abandonment = new Abandonment();
    abandonment.addEventListener('abort', first);
    abandonment.addEventListener('abort', second);
    expect([abandonment.aborted, heard]).toEqual([false, []]);
    abandonment.fire();
    abandonment.fire();
    expect([abandonment.aborted, heard]).toEqual([true, ['first', 'second']]);
  });

  it('tells nobody who has gone, or comes too late', () => {
    const abandonment = new Abandonment();
    abandonment.addEventListener('abort', first);
    abandonment.addEventListener('abort', second);
    abandonment.removeEventListener('abort', first);
    abandonment.removeEventListener('abort', first);
    abandonment.fire();
    abandonment.addEventListener('abort', first);
    abandonment.fire();
    expect(heard).toEqual(['second']);
  });

  it('tells those too whose neighbour goes when it hears of it', () => {
    const abandonment = new Abandonment();
    const leaving = (): void => abandonment.removeEventListener('abort', second);
    abandonment.addEventListener('abort', leaving);
    abandonment.addEventListener('abort', second);
    abandonment.fire();
    expect(heard).toEqual(['second']);
  });
});
