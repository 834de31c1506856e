import { ToolUseIds } from './tool-use-id.js';

function toolUseIds(): ToolUseIds {
  let count = 0;
  return new ToolUseIds(() => `tooluse_${++count}`);
}

describe('the tool-use ids of a message', () => {
  it.each(['call_abc', 'functions.get_weather:0', 'a', 'x'.repeat(64), 'A-9_.:'])('%s is kept', (id) => {
    expect(toolUseIds().claim(id)).toBe(id);
  });

  it.each<[string, unknown]>([
    ['an empty one', ''],
    ['null', null],
    ['none', undefined],
    ['one of 65 characters', 'x'.repeat(65)],
    ['one with a blank', 'call 1'],
    ['one with a slash', 'call/1'],
    ['one with a line break at its end', 'call\n'],
    ['a number', 7],
    ['an object', { id: 'a' }],
  ])('%s is replaced', (_, id) => {
    // an assertion at a boundary: an upstream may send anything
    expect(toolUseIds().claim(id as string)).toBe('tooluse_1');
  });

  it('replaces the second of two equal ids', () => {
    const ids = toolUseIds();
    expect([ids.claim('call_1'), ids.claim('call_1'), ids.claim('call_1')]).toEqual([
      'call_1',
      'tooluse_1',
      'tooluse_2',
    ]);
  });
});
