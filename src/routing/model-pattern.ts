/**
 * Whether a model id matches a glob, where `*` is any run of characters. An ARN matches with its last part too:
 * `us.anthropic.*` fits `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-x`. Where the
 * name has slashes of its own, the last part is all of it: `…:foundation-model/meta-llama/Llama-3.1-8B`.
 */
export function matchesModel(pattern: string, modelId: string): boolean {
  return matchesGlob(pattern, modelId) || namesIn(modelId).some((name) => matchesGlob(pattern, name));
}

/** Whether some model id matches both globs. */
export function patternsOverlap(one: string, other: string): boolean {
  if (!one.includes('*')) return matchesModel(other, one);
  if (!other.includes('*')) return matchesModel(one, other);
  // what stands between the first and the last `*` of each has room in an id that is long enough
  const [head, tail] = endsOf(one);
  const [otherHead, otherTail] = endsOf(other);
  const headsFit = head.startsWith(otherHead) || otherHead.startsWith(head);
  return headsFit && (tail.endsWith(otherTail) || otherTail.endsWith(tail));
}

function endsOf(pattern: string): [head: string, tail: string] {
  return [pattern.slice(0, pattern.indexOf('*')), pattern.slice(pattern.lastIndexOf('*') + 1)];
}

/** What an ARN says behind its last slash, and behind its first. */
function namesIn(modelId: string): string[] {
  if (!modelId.startsWith('arn:')) return [];
  return [modelId.lastIndexOf('/'), modelId.indexOf('/')].map((slash) => modelId.slice(slash + 1));
}

/** Piece by piece, each as early as possible: linear, where a regular expression could be led to backtrack. */
function matchesGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
