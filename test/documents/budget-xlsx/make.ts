import { budget } from '../../support/budget.js';
import { workbookBytes } from '../../support/documents.js';

export const format = 'xlsx';
export const leavesOutHidden = true;
export const make = (): Buffer => workbookBytes(budget(), 'xlsx');
