/** Runs in a worker: piscina calls it with each task. */
export { extract } from './extract/extract.ts';
