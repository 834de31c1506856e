/** Runs in a worker: piscina calls it with each task. */
export { extract } from './extract/extract.ts';

// parsers must not write to the output of the service: their words may quote a document
const silent = (): void => undefined;
Object.assign(console, { debug: silent, error: silent, info: silent, log: silent, warn: silent });
