/**
 * Whether a model id matches a glob, where `*` is any run of characters. An ARN matches with its last part too:
 * `us.anthropic.*` fits `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-x`.
 */
export function matchesModel(pattern: string, modelId: string): boolean {
  return (
    matchesGlob(pattern, modelId) || (modelId.startsWith('arn:') && matchesGlob(pattern, lastPart(modelId)))
  );
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
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
