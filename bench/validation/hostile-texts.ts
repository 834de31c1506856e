/** A text that is made to keep guardrails busy. */
export interface HostileText {
  readonly name: string;
  /** Makes a text of about this many characters. */
  readonly make: (characters: number) => string;
}

/** Words of the list that every text is compared with. */
export const WORDS: readonly string[] = Array.from({ length: 10_000 }, (_, index) =>
  index % 2 === 0 ? `word${index}` : `a b ${index}`,
);

/** Expressions that take exponential time in an engine that backtracks, and others that match often. */
export const PATTERNS: readonly string[] = [
  '(x+x+)+y',
  '(a*)*b',
  '(a|a)+$',
  '(?i)secret\\s+project',
  'a{1,100}b',
];

export const HOSTILE_TEXTS: readonly HostileText[] = [
  { name: 'one letter', make: (size) => 'a'.repeat(size) },
  { name: 'nested repetitions', make: (size) => `${'x'.repeat(size - 1)}!` },
  { name: 'one digit', make: (size) => '1'.repeat(size) },
  { name: 'short words', make: (size) => 'a b '.repeat(size / 4) },
  { name: 'words of the list', make: (size) => numbered(size, (index) => `word${(index * 2) % 10_000} `) },
  { name: 'addresses of mail', make: (size) => numbered(size, (index) => `u${index}@example.com `) },
  { name: 'one address of mail, again and again', make: (size) => 'u@example.com '.repeat(size / 14) },
  { name: 'signs of addresses', make: (size) => 'a@'.repeat(size / 2) },
  { name: 'beginnings of addresses', make: (size) => 'http://'.repeat(size / 7) },
  { name: 'card numbers', make: (size) => '4111 1111 1111 1111 '.repeat(size / 20) },
  { name: 'telephone numbers', make: (size) => '+1 212 555 0123, '.repeat(size / 17) },
  { name: 'numbers with hyphens', make: (size) => '123-45-6789-'.repeat(size / 12) },
  { name: 'colons', make: (size) => '1:'.repeat(size / 2) },
  { name: 'ideographs', make: (size) => '禁'.repeat(size) },
];

function numbered(size: number, piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const next = piece(index);
    pieces.push(next);
    length += next.length;
  }
  return pieces.join('');
}
