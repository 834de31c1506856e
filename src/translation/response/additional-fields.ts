import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { wellFormedJson } from '../../openai/well-formed-json.js';
import { MAX_LEVELS, isJsonPointer, nestsWithin } from '../json-value.js';

/** JSON characters of all fields together: at three bytes each they fit into one event of a stream (1 MB). */
const MAX_CHARACTERS = 250_000;
const UNSAFE_SEGMENTS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Container = Record<string, unknown> | unknown[];

/**
 * JSON pointers (RFC 6901) into the upstream's answer → an object with the values found, at the same paths.
 * `/stop_sequence` and `/delta/stop_sequence` yield the matched stop sequence, or null. Pointers to a missing value, or
 * to one that exceeds the size limit, are skipped. Undefined when no value was found.
 */
export function additionalResponseFields(
  paths: readonly string[] | null | undefined,
  answer: ChatCompletionAnswer,
  stopSequence: string | null,
): Record<string, unknown> | undefined {
  const source = { ...answer, stop_sequence: stopSequence, delta: { stop_sequence: stopSequence } };
  const fields: Record<string, unknown> = {};
  let remaining = MAX_CHARACTERS;
  for (const path of paths ?? []) {
    const segments = pointerSegments(path);
    const json = segments && jsonOf(valueAt(source, segments));
    if (segments === undefined || json === undefined || json.length > remaining) continue;
    remaining -= json.length;
    setValueAt(fields, source, segments, JSON.parse(json));
  }
  return remaining === MAX_CHARACTERS ? undefined : fields;
}

function pointerSegments(path: string): string[] | undefined {
  if (!isJsonPointer(path) || !path.isWellFormed()) return undefined;
  const segments = path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return segments.some((segment) => UNSAFE_SEGMENTS.has(segment)) ? undefined : segments;
}

function valueAt(source: unknown, segments: readonly string[]): unknown {
  return segments.reduce(memberOf, source);
}

function memberOf(value: unknown, segment: string): unknown {
  if (!isContainer(value) || (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(segment))) return undefined;
  return Object.getOwnPropertyDescriptor(value, segment)?.value;
}

/** Undefined for a missing value, and for one that nests too deeply to be serialized. */
function jsonOf(value: unknown): string | undefined {
  if (value === undefined || !nestsWithin(value, MAX_LEVELS)) return undefined;
  return wellFormedJson(JSON.stringify(value));
}

/** Sets the value at the same path as in the source, and creates the objects and arrays on that path. */
function setValueAt(fields: Container, source: unknown, segments: readonly string[], value: unknown): void {
  let [target, origin] = [fields, source];
  for (const [position, segment] of segments.entries()) {
    origin = memberOf(origin, segment);
    const last = position === segments.length - 1;
    const existing = memberOf(target, segment);
    const next = last ? value : (existing ?? (Array.isArray(origin) ? [] : {}));
    setMember(target, segment, next);
    if (isContainer(next)) target = next;
  }
}

/** Array entries before the requested index become null. */
function setMember(target: Container, segment: string, value: unknown): void {
  if (!Array.isArray(target)) {
    target[segment] = value;
    return;
  }
  while (target.length < Number(segment)) target.push(null);
  target[Number(segment)] = value;
}

function isContainer(value: unknown): value is Container {
  return value !== null && typeof value === 'object';
}
