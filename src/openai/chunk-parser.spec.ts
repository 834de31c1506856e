import fc from 'fast-check';
import { ChunkParser } from './chunk-parser.js';

const a = { id: '1', choices: [{ delta: { content: 'á' } }] };
const b = { id: '1', choices: [{ delta: {}, finish_reason: 'stop' }] };
const A = `data: ${JSON.stringify(a)}\n\n`;
const B = `data: ${JSON.stringify(b)}\n\n`;
const usage = { choices: [], usage: { prompt_tokens: 1 } };
const USAGE = `data: ${JSON.stringify(usage)}\n\n`;
const whole = { object: 'chat.completion', choices: [{ message: { content: 'Hi' } }] };
const WHOLE = `data: ${JSON.stringify(whole)}\n\n`;
const COMPLETION = { choices: [{ message: { content: 'Hi' } }] };

interface Parsed {
  chunks: unknown[];
  failure?: unknown;
}

function parse(parts: Buffer[]): Parsed {
  const parser = new ChunkParser();
  const chunks: unknown[] = [];
  for (const part of parts) chunks.push(...parser.push([part]));
  chunks.push(...parser.end());
  return { chunks, failure: parser.failure };
}

describe('ChunkParser', () => {
  it.each<[name: string, text: string, parsed: Parsed]>([
    ['chunks and [DONE]', `${A}${B}data: [DONE]\n\n`, { chunks: [a, b] }],
    ['[DONE] with white space', `${A}data:  [DONE] \r\n\r\n`, { chunks: [a] }],
    ['no [DONE]', A + B, { chunks: [a, b] }],
    ['data after [DONE], which is ignored', `${A}data: [DONE]\n\n${B}data: {\n\n`, { chunks: [a] }],
    ['comments and blank lines', `\r\n\n: keep-alive\n\n${A}: x\n\n`, { chunks: [a] }],
    ['empty data', `data:\n\n${A}`, { chunks: [a] }],
    ['data on several lines', 'data: {"id":\ndata: "1"}\n\n', { chunks: [{ id: '1' }] }],
    ['a completion', JSON.stringify(COMPLETION), { chunks: [COMPLETION] }],
    [
      'a completion after blank lines',
      `\n\n \r\n${JSON.stringify(COMPLETION, null, 2)}\n`,
      { chunks: [COMPLETION] },
    ],
    ['nothing', '', { chunks: [] }],
    ['comments in data', `data: : keepalive\n\ndata::\n\n${A}data:  : x\n\n`, { chunks: [a] }],
    ['blank data', `data:  \n\n${A}data: \ndata:\t\n\n`, { chunks: [a] }],
    ['unnamed events and messages', `event: message\n${A}event:\n${B}`, { chunks: [a, b] }],
    [
      'events of other names',
      ['ping', 'progress', 'Error', 'errors', 'chunk', 'done']
        .map((name) => `event: ${name}\n${A}event: ${name}\ndata: {\n\nevent: ${name}\ndata: [DONE]\n\n`)
        .join('') + B,
      { chunks: [b] },
    ],
    ['invalid data after the finish', `${A}${B}data: {\n\ndata: 7\n\n${USAGE}`, { chunks: [a, b, usage] }],
    [
      'an error after the finish',
      `${A}${B}data: {"error":{"code":500}}\n\n${USAGE}`,
      { chunks: [a, b, usage] },
    ],
    ['an error event after the finish', `${B}event: error\ndata: no\n\n${USAGE}`, { chunks: [b, usage] }],
    ['an error field after the finish', `${B}error: no\n\n${USAGE}`, { chunks: [b, usage] }],
    ['an error after a complete completion', `${WHOLE}data: {"error":"no"}\n\n`, { chunks: [whole] }],
    ['HTML', '<html>\n</html>', { chunks: [] }],
  ])('%s', (_name, text, parsed) => {
    expect(parse([Buffer.from(text)])).toEqual(parsed);
  });

  it.each<[name: string, text: string, failure: Record<string, unknown>]>([
    [
      'broken JSON',
      `${A}data: {"choices":[\n\n${B}`,
      { failure: 'unusable', message: 'not JSON: {"choices":[' },
    ],
    ['no JSON object', `${A}data: 7\n\n`, { failure: 'unusable', message: 'not a JSON object: 7' }],
    [
      'an error object',
      `${A}data: {"error":{"code":429,"message":"slow"}}\n\n${B}`,
      { failure: 'status', status: 429, message: 'slow' },
    ],
    [
      'an error beside choices',
      `${A}data: {"error":{"code":502,"message":"down"},"choices":[{"finish_reason":"error"}]}\n\n`,
      { failure: 'status', status: 502, message: 'down' },
    ],
    [
      'an error event',
      `${A}event: error\ndata: {"message":"No","type":"invalid_request_error"}\n\n`,
      { failure: 'status', status: 400, message: 'No' },
    ],
    [
      'an error event in words',
      `${A}event: error\ndata: out of memory\n\n`,
      { failure: 'status', status: 500, message: 'out of memory' },
    ],
    [
      'an error as a field',
      `${A}error: {"code":500,"message":"No","type":"server_error"}\n\n`,
      { failure: 'status', status: 500, message: 'No' },
    ],
  ])('fails after the chunks before the failure: %s', (_name, text, failure) => {
    expect(parse([Buffer.from(text)])).toMatchObject({ chunks: [a], failure });
  });

  it.each<[name: string, unfinished: unknown]>([
    ['no finish_reason', { choices: [{ finish_reason: null }] }],
    ['an empty finish_reason', { choices: [{ finish_reason: '' }] }],
    ['a finish_reason that is not a string', { choices: [{ finish_reason: 0 }] }],
    ['the finish of another choice', { choices: [{ index: 1, finish_reason: 'stop' }] }],
    ['usage alone', usage],
  ])('fails for an error after %s', (_name, unfinished) => {
    const text = `data: ${JSON.stringify(unfinished)}\n\nevent: error\ndata: no\n\n`;
    expect(parse([Buffer.from(text)])).toMatchObject({ chunks: [unfinished], failure: { message: 'no' } });
  });

  it.each<[name: string, text: string, failure: Record<string, unknown>]>([
    ['an error', '{"error":{"code":401,"message":"No"}}', { failure: 'status', status: 401, message: 'No' }],
    [
      'an error in an array',
      '[{"error":{"code":401,"message":"No"}}]',
      { failure: 'status', status: 401, message: 'No' },
    ],
    ['no choices', '{"id":"1"}', { failure: 'unusable', message: 'an answer without choices: {"id":"1"}' }],
    ['half a completion', '{"choices":[{', { failure: 'unusable', message: 'not JSON: {"choices":[{' }],
  ])('fails for JSON in place of a stream: %s', (_name, text, failure) => {
    expect(parse([Buffer.from(text)])).toMatchObject({ chunks: [], failure });
  });

  it('reads the same wherever the bytes are split', () => {
    const texts = fc.constantFrom(
      `\n\n: x\r\n${A}${B}data: [DONE]\n\n`,
      `\n ${JSON.stringify(COMPLETION)}`,
      `${A}data: {\n\n`,
    );
    fc.assert(
      fc.property(texts, fc.array(fc.nat(200), { maxLength: 8 }), (text, positions) => {
        const bytes = Buffer.from(text);
        const cuts = [0, ...positions.map((position) => position % bytes.length), bytes.length];
        cuts.sort((left, right) => left - right);
        const parts = cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
        expect(parse(parts)).toEqual(parse([bytes]));
      }),
      { numRuns: 200 },
    );
  });

  it('reads every chunk as JSON.parse does, whatever differs between chunks', () => {
    const chunk = fc.record({
      id: fc.constantFrom('1', '1', '1', '2'),
      created: fc.constantFrom(1, 1, 1, 2, 3),
      choices: fc.tuple(
        fc.record({
          delta: fc.record(
            { content: fc.string({ unit: 'binary' }), reasoning: fc.constantFrom('', 'a', '1') },
            { requiredKeys: [] },
          ),
          finish_reason: fc.constantFrom(null, null, null, 'stop'),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 40 }), (chunks) => {
        const text = chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');
        const expected = chunks.map((one): unknown => JSON.parse(JSON.stringify(one)));
        expect(parse([Buffer.from(text)])).toStrictEqual({ chunks: expected, failure: undefined });
      }),
      { numRuns: 300 },
    );
  });
});
