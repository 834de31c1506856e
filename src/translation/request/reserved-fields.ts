import { spellingsOf } from './field-name.js';

const OWNED: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'stream_options',
  'tools',
  'functions',
  'function_call',
  'n',
  // what every object inherits
  '__proto__',
  'constructor',
  'prototype',
]);

/** Whether the translation itself decides what a field says, so that neither clients nor the model table may. */
export function isReservedField(name: string): boolean {
  return spellingsOf(name).some((spelling) => OWNED.has(spelling));
}
