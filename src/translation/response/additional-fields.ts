import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { wellFormedJson } from '../../openai/well-formed-json.js';
import { MAX_LEVELS, isJsonPointer, nestsWithin } from '../json-value.js';

/** Characters of JSON, so that three bytes each fit into one event of a stream. */
const MAX_CHARACTERS = 250_000;
const UNSAFE_SEGMENTS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Container = Record<string, unknown> | unknown[];

/**
 * JSON pointers (RFC 6901) into the upstream's answer → an object with what they found, at the same places.
 * `/stop_sequence` and `/delta/stop_sequence` lead to the matched stop sequence, or null. A pointer to nothing,
 * or to more than fits, is passed over; undefined when nothing is left.
 */
export function additionalResponseFields(
  paths: readonly string[] | null | undefined,
  answer: ChatCompletionAnswer,
  stopSequence: string | null,
): Record<string, unknown> | undefined {
  const source = { ...answer, stop_sequence: stopSequence, delta: { stop_sequence: stopSequence } };
  const fields: Record<string, unknown> = {};
  let room = MAX_CHARACTERS;
  for (const path of paths ?? []) {
    const segments = pointerSegments(path);
    const json = segments && jsonOf(follow(source, segments));
    if (segments === undefined || json === undefined || json.length > room) continue;
    room -= json.length;
    place(fields, source, segments, JSON.parse(json));
  }
  return room === MAX_CHARACTERS ? undefined : fields;
}

function pointerSegments(path: string): string[] | undefined {
  if (!isJsonPointer(path) || !path.isWellFormed()) return undefined;
  const segments = path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return segments.some((segment) => UNSAFE_SEGMENTS.has(segment)) ? undefined : segments;
}

function follow(source: unknown, segments: readonly string[]): unknown {
  return segments.reduce(memberOf, source);
}

function memberOf(value: unknown, segment: string): unknown {
  if (!isContainer(value) || (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(segment))) return undefined;
  return Object.getOwnPropertyDescriptor(value, segment)?.value;
}

/** Undefined for nothing, and for what is too deep to be written. */
function jsonOf(value: unknown): string | undefined {
  if (value === undefined || !nestsWithin(value, MAX_LEVELS)) return undefined;
  return wellFormedJson(JSON.stringify(value));
}

/** Writes the value to the place it has in the source, through copies of the containers on the way. */
function place(fields: Container, source: unknown, segments: readonly string[], value: unknown): void {
  let [target, origin] = [fields, source];
  for (const [position, segment] of segments.entries()) {
    origin = memberOf(origin, segment);
    const last = position === segments.length - 1;
    const held = memberOf(target, segment);
    const next = last ? value : (held ?? (Array.isArray(origin) ? [] : {}));
    put(target, segment, next);
    if (isContainer(next)) target = next;
  }
}

/** An array takes nulls for the entries before the one asked for. */
function put(target: Container, segment: string, value: unknown): void {
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
