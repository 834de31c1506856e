import { spellingsOf } from './field-name.js';

const RESERVED: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'stream_options',
  'tools',
  'functions',
  'function_call',
  'n',
  // inherited by every object
  '__proto__',
  'constructor',
  'prototype',
]);

/** Whether only the translation may set the field: neither clients nor `extraBody` of the configuration may. */
export function isReservedField(name: string): boolean {
  return spellingsOf(name).some((spelling) => RESERVED.has(spelling));
}
