import { budgetAsXls } from '../../support/budget.js';

export const format = 'xls';
export const leavesOutHidden = true;
export const make = budgetAsXls;
