import { BASH } from './bash.js';
import type { ClientToolFunction, ClientToolOptions } from './client-tool.js';
import { firstComputer, laterComputer, zoomingComputer } from './computer.js';
import { MEMORY } from './memory.js';
import { TEXT_EDITOR, TEXT_EDITOR_WITH_UNDO } from './text-editor.js';

type ToFunction = (options: ClientToolOptions) => ClientToolFunction;

/** The tools with a type that run at the client, so that every model can call them once it is told their schema. */
export const CLIENT_TOOLS: ReadonlyMap<string, ToFunction> = new Map<string, ToFunction>([
  ['bash_20241022', () => BASH],
  ['bash_20250124', () => BASH],
  ['text_editor_20241022', () => TEXT_EDITOR_WITH_UNDO],
  ['text_editor_20250124', () => TEXT_EDITOR_WITH_UNDO],
  ['text_editor_20250429', () => TEXT_EDITOR],
  ['text_editor_20250728', () => TEXT_EDITOR],
  ['computer_20241022', firstComputer],
  ['computer_20250124', laterComputer],
  ['computer_20251124', zoomingComputer],
  ['memory_20250818', () => MEMORY],
]);
