import { errorToRecord } from './error-to-record.js';

describe('errorToRecord', () => {
  it('keeps name, code, message and where it was', () => {
    const error = Object.assign(new RangeError('too far'), { code: 'ERR_FAR', headers: { cookie: 'a' } });
    expect(errorToRecord(error)).toEqual({
      name: 'RangeError',
      code: 'ERR_FAR',
      message: 'too far',
      stack: expect.stringMatching(/^\s+at .*error-to-record\.spec\.ts/) as string,
    });
  });

  it('leaves out what a parser quotes, also over lines', () => {
    const message = 'Unexpected token, ..."my "secret"\nprompt"... is not valid JSON';
    expect(errorToRecord(new SyntaxError(message)).message).toBe(
      'Unexpected token, ..."…"... is not valid JSON',
    );
  });

  it('leaves the message out of the stack', () => {
    expect(errorToRecord(new Error('line one\nline two')).stack).not.toContain('line');
  });

  it('follows causes so far', () => {
    const deepest = new Error('5');
    const chain = [4, 3, 2, 1].reduce((cause, level) => new Error(String(level), { cause }), deepest);
    const messages: string[] = [];
    for (
      let record: ReturnType<typeof errorToRecord> | undefined = errorToRecord(chain);
      record;
      record = record.cause
    )
      messages.push(record.message);
    expect(messages).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    ['a text', 'sk-abcdef1 "x"', { name: 'string', message: '[redacted] "…"' }],
    ['nothing', undefined, { name: 'undefined', message: 'undefined' }],
  ])('takes %s that was thrown', (_, thrown, record) => {
    expect(errorToRecord(thrown)).toEqual(record);
  });

  it('cuts what is long', () => {
    expect(errorToRecord(new Error('x'.repeat(10_000))).message).toHaveLength(500);
  });
});
