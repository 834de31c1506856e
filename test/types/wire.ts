import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';

/** True for types that are equal in every member, including optionality. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- two generic functions compare by identity
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export type Expect<Fact extends true> = Fact;

type Document = NonNullable<ConverseCommandInput['additionalModelRequestFields']>;

/**
 * A type of the official SDK as its JSON: bytes and times are strings, a document is anything, a required member is
 * never undefined, and a union is one object with an optional property for each of its members.
 */
export type Wire<T> = [T] extends [Uint8Array | Date]
  ? string
  : [T] extends [readonly (infer Element)[]]
    ? Wire<Element>[]
    : [T] extends [object]
      ? WireObject<T>
      : [Document] extends [T]
        ? unknown
        : T;

type WireObject<T> =
  IsUnion<KeyOf<T>> extends true
    ? { [Member in Exclude<KeyOf<T>, '$unknown'>]?: Wire<MemberValue<T, Member>> }
    : { [Member in keyof T]: Wire<Exclude<T[Member], undefined>> };

/** Every member of a Smithy union may be the one that is unknown; the keys of a map may be any. */
type IsUnion<Keys> = string extends Keys ? false : '$unknown' extends Keys ? true : false;

/** The classes of the request as plain object types. */
export type Json<T> = unknown extends T
  ? unknown
  : T extends readonly (infer Element)[]
    ? Json<Element>[]
    : T extends object
      ? { [Member in keyof T]: Json<Exclude<T[Member], undefined>> }
      : T;

/** The members of `Ours` at any depth that `Theirs` does not have. */
export type ExtraKeys<Ours, Theirs> = unknown extends Theirs
  ? never
  : Ours extends readonly (infer Element)[]
    ? Theirs extends readonly (infer TheirElement)[]
      ? ExtraKeys<Element, TheirElement>
      : 'list'
    : Ours extends object
      ? {
          [Key in keyof Ours]-?: Key extends keyof Theirs
            ? ExtraKeys<Exclude<Ours[Key], undefined>, Exclude<Theirs[Key], undefined>>
            : Key;
        }[keyof Ours]
      : never;

type KeyOf<Union> = Union extends unknown ? keyof Union : never;

type MemberValue<Union, Member> = Union extends unknown
  ? Member extends keyof Union
    ? Exclude<Union[Member], undefined>
    : never
  : never;
