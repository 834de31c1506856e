const INDEX = Symbol('index');

interface Indexed {
  /** Position of a member in its set; undefined when it is in none. */
  [INDEX]?: number | undefined;
}

/**
 * An unordered set for objects that are added and deleted with every request; an object can be in one such set.
 *
 * A `Set` allocates a new table every few dozen changes, and the old tables keep what was deleted and point to the
 * newer ones. Once one table is in V8's old generation, every later request stays in memory until the next full
 * collection. An array has no such chain, and deletes in constant time because members know their positions.
 */
export class IndexedSet<Member extends object> implements Iterable<Member> {
  readonly #members: (Member & Indexed)[] = [];

  get size(): number {
    return this.#members.length;
  }

  add(member: Member & Indexed): void {
    member[INDEX] = this.#members.push(member) - 1;
  }

  /** Whether it was in the set. */
  delete(member: Member & Indexed): boolean {
    const index = member[INDEX];
    if (index === undefined || this.#members[index] !== member) return false;
    const last = this.#members.pop();
    if (last !== undefined && last !== member) {
      this.#members[index] = last;
      last[INDEX] = index;
    }
    member[INDEX] = undefined;
    return true;
  }

  /** Iterates over a copy: members may be added and deleted meanwhile. */
  [Symbol.iterator](): ArrayIterator<Member> {
    return [...this.#members].values();
  }
}
