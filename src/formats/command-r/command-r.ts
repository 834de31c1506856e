import type { HubFormat } from '../hub-format.js';
import { reduceCommandR } from './command-r-request.js';

/** Cohere Command R and R+. */
export const COMMAND_R: HubFormat = {
  kind: 'hub',
  name: 'command-r',
  matches: (body) => typeof body['message'] === 'string',
  reduce: reduceCommandR,
};
