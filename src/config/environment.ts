import { DocumentVariables } from './document-variables.js';

/** Every environment variable that the proxy reads, with its default. `.env.example` lists them in the same order. */
export class Environment extends DocumentVariables {}
