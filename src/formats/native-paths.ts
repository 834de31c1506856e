import type { JsonObject } from '../bedrock/validation/rule.js';

/** Members of an object of the Converse request → their native paths. */
type MemberPaths = Readonly<Record<string, string>>;

interface Origin {
  readonly path: string;
  readonly members: MemberPaths | 'same';
}

const NO_MEMBERS: MemberPaths = {};
const INDEX = /^\d+$/;

/**
 * Remembers where the objects of a reduced Converse request come from, so that a path in it can be told as the path in
 * the native body. Paths are only looked up when something is refused or ignored.
 */
export class NativePaths {
  readonly #origins = new Map<unknown, Origin>();

  /**
   * Records that an object comes from a native path, and returns the object.
   * @param members the native paths of those members that have one of their own
   */
  from<Value extends object>(path: string, value: Value, members: MemberPaths = NO_MEMBERS): Value {
    this.#origins.set(value, { path, members });
    return value;
  }

  /** Records that an object stands at `path` in the native body, with the same members. Returns the object. */
  same<Value extends object>(path: string, value: Value): Value {
    this.#origins.set(value, { path, members: 'same' });
    return value;
  }

  /** A path in `request` → the path in the native body: of the nearest object that was recorded. */
  resolve(request: object, conversePath: string): string {
    const segments = conversePath.split('.');
    let value: unknown = request;
    let origin = this.#origins.get(value);
    let rest = segments;
    for (const [index, segment] of segments.entries()) {
      value = memberOf(value, segment);
      const own = this.#origins.get(value);
      if (own === undefined) continue;
      origin = own;
      rest = segments.slice(index + 1);
    }
    return origin === undefined ? conversePath : extended(origin, rest) || conversePath;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as JsonObject)[name]; // an object or a list, whose members any name may ask for
}

/** Behind a native path, only indexes and members of the same name continue it. */
function extended({ path, members }: Origin, rest: readonly string[]): string {
  const [first, ...others] = rest;
  if (first === undefined) return path;
  if (members === 'same') return joined(path, rest);
  const member = Object.hasOwn(members, first) ? members[first] : undefined;
  if (member === undefined) return path;
  const end = others.findIndex((segment) => !INDEX.test(segment));
  return joined(member, end === -1 ? others : others.slice(0, end));
}

function joined(path: string, rest: readonly string[]): string {
  return [...(path === '' ? [] : [path]), ...rest].join('.');
}
