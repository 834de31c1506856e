/** Which model of the server answers for the model ids that a glob matches. */
export interface ModelMapping {
  readonly match: string;
  readonly model: string;
}

/** `glob=model`; the model's name may hold anything but spaces and the separators. */
const ENTRY = /^(?<match>[^\s=,]+)=(?<model>[^\s=,]+)$/;

/** `*claude*=qwen3:8b,*nova*=qwen3:0.6b` → the mappings in this order; undefined when an entry has another form. */
export function toModelMap(text: string): ModelMapping[] | undefined {
  const entries = text.split(',').map((entry) => ENTRY.exec(entry.trim())?.groups);
  const mappings = entries.flatMap((groups) =>
    groups === undefined ? [] : [{ match: groups['match'] ?? '', model: groups['model'] ?? '' }],
  );
  return mappings.length === entries.length ? mappings : undefined;
}

export function modelMapToText(mappings: readonly ModelMapping[]): string {
  return mappings.map(({ match, model }) => `${match}=${model}`).join(',');
}
