import { type JsonSize, MAX_DEPTH } from './json-limits.js';

/** Parsed JSON → its depth and its numbers of keys and containers. Stops counting beyond the allowed depth. */
export function measureJson(json: unknown): JsonSize {
  const count = new Count();
  count.add(json, 1);
  return count;
}

class Count implements JsonSize {
  depth = 0;
  keys = 0;
  containers = 0;

  add(json: unknown, depth: number): void {
    if (typeof json !== 'object' || json === null || this.depth > MAX_DEPTH) return;
    this.containers += 1;
    this.depth = Math.max(this.depth, depth);
    if (Array.isArray(json)) this.addElements(json, depth + 1);
    else this.addMembers(json, depth + 1);
  }

  private addElements(elements: readonly unknown[], depth: number): void {
    for (const element of elements) this.add(element, depth);
  }

  private addMembers(object: object, depth: number): void {
    // for-in types the names only, not the values
    const members = object as Record<string, unknown>;
    for (const name in members) {
      this.keys += 1;
      this.add(members[name], depth);
    }
  }
}
