import type { DocumentLimits } from '../document-formats.ts';
import { Refusal } from './refusal.ts';

/**
 * Says that a document is over a limit.
 * @throws Refusal unless documents are cut at their limits
 */
export function passLimit({ onLimit }: DocumentLimits, excess: string): void {
  if (onLimit === 'refuse') throw new Refusal(`has more than ${excess}`);
}

/** Marks in the text where a document was cut. */
export function cutMark(missing: string): string {
  return `[cut here: ${missing}]`;
}

/** The pages of a document that stay within a limit. */
export interface PageRange {
  readonly last: number;
  /** Empty when nothing is missing. */
  readonly mark: string;
}

/** @throws Refusal when there are more pages, unless documents are cut at their limits */
export function pagesWithin(count: number, max: number, limits: DocumentLimits, unit = 'pages'): PageRange {
  if (count <= max) return { last: count, mark: '' };
  passLimit(limits, `${max} ${unit}`);
  return { last: max, mark: cutMark(`pages ${max + 1} to ${count} are missing`) };
}
