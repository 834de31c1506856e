/** A body that is made to keep a server busy. */
export interface HostileBody {
  readonly name: string;
  /** Makes a body of at most this many bytes, or of fewer if the number of something else is what costs time. */
  readonly make: (bytes: number) => Buffer;
  /** JSON.parse itself would take seconds or exhaust stack or memory, so it is not measured. */
  readonly unparsed?: boolean;
}

const TOOL_RESULT = '{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[{"text":"ok"}]}}]}';
const ASKING = '{"messages":[{"role":"user","content":[{"text":"hi"}]}]';

export const HOSTILE_BODIES: readonly HostileBody[] = [
  { name: 'open brackets, never closed', make: (size) => filled(size, '', '[', ''), unparsed: true },
  { name: 'open objects, never closed', make: (size) => filled(size, '', '{"a":', ''), unparsed: true },
  {
    name: '100 levels, again and again',
    make: (size) => field('a', filledList(size, `${'['.repeat(96)}${']'.repeat(96)}`)),
  },
  { name: 'lists in a list', make: (size) => field('a', filledList(size, '[]')) },
  { name: 'a list of lists in place of an object', make: (size) => filledList(size, '[]') },
  { name: 'numbers in a tool input', make: (size) => toolInput(filledList(size, '1')) },
  { name: '50,000 keys in a tool input', make: () => toolInput(objectOf(49_900, (key) => `"k${key}":1`)) },
  { name: '50,000 unknown members', make: () => Buffer.from(`${ASKING},${members(49_900)}}`) },
  {
    name: '50,000 long unknown members',
    make: (size) => Buffer.from(`${ASKING},${members(49_900, 'k'.repeat(size / 60_000))}}`),
  },
  {
    name: 'unknown members in every message',
    make: () => messages(8_000, '"role":"user","content":[],"a":1,"b":2,"c":3'),
  },
  {
    name: 'many more keys than are allowed',
    make: (size) => toolInput(objectOf(size / 20, (key) => `"k${key}":1`)),
  },
  { name: '25,000 invalid messages', make: () => messages(24_900, '"role":"nobody","content":7') },
  {
    name: '20,000 messages of which the last is invalid',
    make: () => messages(12_000, '"role":"user","content":[{"text":"a"}]', '"role":1'),
  },
  {
    name: 'empty messages',
    make: (size) => Buffer.concat([Buffer.from('{"messages":'), filledList(size, '{}'), Buffer.from('}')]),
  },
  { name: 'invalid base64', make: (size) => image(size, '!') },
  { name: 'base64, invalid at its end', make: (size) => image(size, 'A', '*') },
  { name: 'valid base64', make: (size) => image(size, 'A') },
  { name: 'signs beyond ASCII in base64', make: (size) => image(size, 'é') },
  { name: 'escapes in a text', make: (size) => text(size, '\\u0041') },
  { name: 'quotes in a text', make: (size) => text(size, '\\"') },
  { name: 'backslashes in a text', make: (size) => text(size, '\\\\') },
  { name: 'text', make: (size) => text(size, 'a') },
  { name: 'millions of stop sequences', make: (size) => stopSequences(size, '"a"') },
  { name: 'millions of wrong stop sequences', make: (size) => stopSequences(size, '1') },
  { name: 'an endless number', make: (size) => field('a', filled(size, '', '1', '')) },
  { name: 'white space', make: (size) => filled(size, '{', ' ', '"messages":[]}') },
  { name: 'bytes that are no JSON', make: (size) => filled(size, '{', 'x', '') },
  { name: 'a duplicate key, 50,000 times', make: () => toolInput(objectOf(49_900, () => '"k":{}')) },
  {
    name: '50,000 keys that are numbers',
    make: () => toolInput(objectOf(49_900, (key) => `"${key * 65_537}":1`)),
  },
];

/** As many copies as fit into the size. */
function filled(size: number, before: string, copy: string, after: string): Buffer {
  const room = size - Buffer.byteLength(before) - Buffer.byteLength(after);
  const copies = Math.floor(room / Buffer.byteLength(copy));
  return Buffer.concat([
    Buffer.from(before),
    Buffer.alloc(copies * Buffer.byteLength(copy), copy),
    Buffer.from(after),
  ]);
}

function filledList(size: number, element: string): Buffer {
  return filled(size, '[', `${element},`, `${element}]`);
}

function field(name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${ASKING},"${name}":`), value, Buffer.from('}')]);
}

function toolInput(input: Buffer): Buffer {
  const before =
    '{"messages":[{"role":"user","content":[{"text":"hi"}]},{"role":"assistant","content":[{"toolUse":';
  const start = `${before}{"toolUseId":"a","name":"a","input":{"a":`;
  return Buffer.concat([Buffer.from(start), input, Buffer.from(`}}}]},${TOOL_RESULT}]}`)]);
}

function objectOf(count: number, member: (index: number) => string): Buffer {
  return Buffer.from(`{${Array.from({ length: count }, (_, index) => member(index)).join(',')}}`);
}

function members(count: number, prefix = 'k'): string {
  return Array.from({ length: count }, (_, index) => `"${prefix}${index}":1`).join(',');
}

function messages(count: number, each: string, last = each): Buffer {
  return Buffer.from(`{"messages":[${`{${each}},`.repeat(count)}{${last}}]}`);
}

function image(size: number, sign: string, last = sign): Buffer {
  const before = '{"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"';
  return filled(size, before, sign.repeat(4), `${sign.repeat(3)}${last}"}}}]}]}`);
}

function text(size: number, copy: string): Buffer {
  return filled(size, '{"messages":[{"role":"user","content":[{"text":"', copy, '"}]}]}');
}

function stopSequences(size: number, element: string): Buffer {
  return filled(size, `${ASKING},"inferenceConfig":{"stopSequences":[`, `${element},`, `${element}]}}`);
}
