import type { Call } from './call.js';
import { CallStore } from './call-store.js';
import { keptAnswer, keptBody } from './kept-body.js';

const MB = 1024 * 1024;

function call(id: number, characters = 10): Call {
  const body = { text: 'a'.repeat(characters), isCut: false };
  return {
    id: String(id),
    at: '',
    operation: 'converse',
    status: 200,
    isStream: false,
    durationMs: 1,
    ignored: [],
    attempts: 0,
    method: 'POST',
    path: '/',
    request: body,
    answer: body,
    timesMs: [],
    answerOrigins: [],
    calls: [],
  };
}

describe('The store of calls', () => {
  it('keeps the last so many, the newest first', () => {
    const store = new CallStore(2, MB);
    for (const id of [1, 2, 3]) store.add(call(id), call(id));
    expect(store.list().map(({ id }) => id)).toEqual(['3', '2']);
    expect([store.get('1'), store.get('3')?.id]).toEqual([undefined, '3']);
  });

  it('stays within its memory through 10,000 calls', () => {
    const store = new CallStore(200, MB);
    for (let id = 0; id < 10_000; id += 1) store.add(call(id, 50_000), call(id));
    expect(store.bytes).toBeLessThanOrEqual(MB);
    expect(store.list()).toHaveLength(Math.floor(MB / (2 * 2 * 50_000 + 2_048)));
  });

  it('holds lines between the calls, the newest first, and tells of the new ones', () => {
    const store = new CallStore(3, MB);
    store.addLine(call(1));
    store.add(call(2), call(2));
    for (const id of [3, 4]) store.addLine(call(id));
    expect(store.list().map(({ id }) => id)).toEqual(['4', '3', '2']);
    expect(store.newLines(2).map(({ id }) => id)).toEqual(['3', '4']);
    expect(store.newLines(2)).toEqual([]);
    for (let id = 5; id < 10; id += 1) store.addLine(call(id));
    expect(store.list().map(({ id }) => id)).toEqual(['9', '8', '7']);
    expect([store.line('9')?.id, store.line('6'), store.get('9')]).toEqual(['9', undefined, undefined]);
    store.clear();
    expect([store.list(), store.newLines(9)]).toEqual([[], []]);
  });

  it('tells of each call until it is told to stop', () => {
    const store = new CallStore(2, MB);
    const ids: string[] = [];
    const stop = store.onAdd(({ id }) => ids.push(id));
    store.add(call(1), call(1));
    stop();
    store.add(call(2), call(2));
    expect(ids).toEqual(['1']);
    store.clear();
    expect([store.list(), store.bytes]).toEqual([[], 0]);
  });
});

describe('A body', () => {
  it('is kept as it is, without what looks like a key', () => {
    expect(keptBody('{"a":"Bearer abc"}', 100)).toEqual({ text: '{"a":"[redacted]"}', isCut: false });
    expect(keptBody('{"a":"my own key"}', 100, [{ apiKey: 'my own key' }]).text).not.toContain('my own key');
  });

  it('folds long texts before it is cut', () => {
    const long = JSON.stringify({ image: 'Z'.repeat(5_000), text: 'seen' });
    const { text, isCut } = keptBody(long, 1_000);
    expect([isCut, JSON.parse(text)]).toEqual([
      false,
      { image: `${'Z'.repeat(64)}… (5000 characters)`, text: 'seen' },
    ]);
    expect(keptBody('z'.repeat(2_000), 1_000)).toEqual({ text: 'z'.repeat(1_000), isCut: true });
  });

  it('hides what a guardrail has found, and nothing else', () => {
    const found = { piiEntities: [{ match: 'secret', type: 'NAME' }] };
    const { text } = keptAnswer({ trace: { guardrail: { a: found } }, input: { match: 'seen' } }, 1_000);
    expect(JSON.parse(text)).toEqual({
      trace: { guardrail: { a: { piiEntities: [{ match: '[hidden]', type: 'NAME' }] } } },
      input: { match: 'seen' },
    });
  });
});
