import type { TextRule } from '../validation/text.decorator.js';

export const TOOL_NAME: TextRule = { min: 1, max: 64, pattern: '[a-zA-Z0-9_-]+' };

export const TOOL_USE_ID: TextRule = { min: 1, max: 64, pattern: '[a-zA-Z0-9_.:-]+' };
