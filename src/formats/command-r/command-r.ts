import type { HubFormat } from '../hub-format.js';
import { lastTextOf } from '../request-text.js';
import { reduceCommandR } from './command-r-request.js';
import { CommandRStream, toCommandRResponse } from './command-r-response.js';

/** Cohere Command R and R+. */
export const COMMAND_R: HubFormat = {
  kind: 'hub',
  name: 'command-r',
  matches: (body) => typeof body['message'] === 'string',
  reduce: reduceCommandR,
  answers: (request) => {
    const body = { message: lastTextOf(request) };
    return {
      toResponse: (response, { id }) => toCommandRResponse(response, { id, body }),
      openStream: ({ id }) => new CommandRStream({ id, body }),
    };
  },
};
