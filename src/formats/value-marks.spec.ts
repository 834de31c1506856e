import { ValueMarks } from './value-marks.js';

describe('Marks', () => {
  it('tell equal texts and numbers apart, also joined, and in JSON', () => {
    const marks = new ValueMarks();
    const { a, b, usage } = marks.inside(
      { a: 'same', b: 'same', usage: { input: 7, cached: 7 }, flag: true },
      'x',
    );
    expect([
      marks.sourcesOf(a),
      marks.sourcesOf(`${b} and ${a}`),
      marks.sourcesOf(JSON.stringify({ b })),
      marks.sourcesOf(usage.cached),
      marks.sourcesOf(usage.input + usage.cached),
    ]).toEqual([['x.a'], ['x.b', 'x.a'], ['x.b'], ['x.usage.cached'], ['x.usage.input', 'x.usage.cached']]);
  });

  it('tell an object that is copied or written as JSON', () => {
    const marks = new ValueMarks();
    const input = marks.object('input');
    expect([marks.copyOf(input), marks.sourcesOf(JSON.stringify(input)), marks.copyOf({})]).toEqual([
      'input',
      ['input'],
      undefined,
    ]);
  });

  it.each([['a text'], [0], [12], [true], [null], [undefined], [{}]])('are not in %j', (value) => {
    const marks = new ValueMarks();
    marks.inside(['a', 1], 'x');
    expect(marks.sourcesOf(value)).toEqual([]);
  });

  it('are zero when there are too many numbers', () => {
    const marks = new ValueMarks();
    const many = marks.inside(
      Array.from({ length: 40 }, () => 1),
      'x',
    );
    expect([many.at(30), many.at(31), marks.sourcesOf(many.at(30))]).toEqual([2 ** 50, 0, ['x.30']]);
  });
});
