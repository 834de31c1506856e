import type { RequestContext } from '../request-context.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 9;

/** `toolUseId` → `tool_call_id`. One id always gives the same, so that calls and results keep finding each other. */
export function toolUseIdToToolCallId(toolUseId: string, { dialect, digest }: RequestContext): string {
  if (dialect.toolCallId === 'any' || /^[a-zA-Z0-9]{9}$/.test(toolUseId)) return toolUseId;
  let id = '';
  for (const byte of digest(toolUseId).subarray(0, LENGTH)) id += ALPHABET[byte % ALPHABET.length];
  return id;
}
