/** What can stand in a roster: it remembers its place. */
export interface IndexedMember {
  /** Undefined where it stands in none. */
  index: number | undefined;
}

/**
 * A set for what comes and goes with every request, in no order. A `Set` would not do: it grows a new table every
 * few dozen changes, the old ones keep what was deleted and point to the next, so that after one full collection
 * every request and all that hangs on it lives until the next one.
 */
export class IndexedSet<Member extends IndexedMember> implements Iterable<Member> {
  readonly #members: Member[] = [];

  get size(): number {
    return this.#members.length;
  }

  add(member: Member): void {
    member.index = this.#members.push(member) - 1;
  }

  /** Whether it stood here. */
  delete(member: Member): boolean {
    const { index: place } = member;
    if (place === undefined || this.#members[place] !== member) return false;
    const last = this.#members.pop();
    if (last !== undefined && last !== member) {
      this.#members[place] = last;
      last.index = place;
    }
    member.index = undefined;
    return true;
  }

  /** Those of now, whoever comes or goes meanwhile. */
  [Symbol.iterator](): ArrayIterator<Member> {
    return [...this.#members].values();
  }
}
