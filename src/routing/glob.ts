/**
 * Whether a text matches a glob, in which `*` stands for any characters. Each piece between two `*` is searched at the
 * earliest position, which takes linear time; a regular expression could be made to backtrack.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return text === glob;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

/** Whether a text exists that matches both globs. */
export function globsOverlap(one: string, other: string): boolean {
  if (!one.includes('*')) return matchesGlob(other, one);
  if (!other.includes('*')) return matchesGlob(one, other);
  // the pieces between the first and the last `*` always fit into a text that is long enough
  const [head, tail] = endsOf(one);
  const [otherHead, otherTail] = endsOf(other);
  const headsFit = head.startsWith(otherHead) || otherHead.startsWith(head);
  return headsFit && (tail.endsWith(otherTail) || otherTail.endsWith(tail));
}

/** Whether every text matches the glob. */
export function matchesAnything(glob: string): boolean {
  return /^\*+$/.test(glob);
}

function endsOf(glob: string): [head: string, tail: string] {
  return [glob.slice(0, glob.indexOf('*')), glob.slice(glob.lastIndexOf('*') + 1)];
}
