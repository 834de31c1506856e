import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Configurations } from '../../config/configuration.js';
import type { WebPageRule } from '../../server/web-page-rule.js';
import type { Session } from '../call.js';
import type { CallRecorder } from '../call-recorder.js';
import type { CallStore } from '../call-store.js';
import { EventFeed } from './event-feed.js';
import type { OperatorSessions } from './operator-sessions.js';
import type { PageFile } from './page-files.js';
import { readJsonObject, SECURITY_HEADERS, sendJson } from './replies.js';
import { tryCall } from './try-call.js';
import { toTryRequest } from './try-request.js';

export const PREFIX = '/inspector';
/** The page sends it with every request that changes something. */
const TOKEN_HEADER = 'x-inspector-token';

export interface InspectorParts {
  readonly store: CallStore;
  readonly recorder: CallRecorder;
  readonly sessions: OperatorSessions;
  readonly webPages: WebPageRule;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly configurations: Configurations;
  /** The main port. */
  readonly main: () => Server;
  readonly isTls: boolean;
}

type Route = (request: IncomingMessage, response: ServerResponse, id: string) => unknown;

/** Everything below `/inspector`. */
export class InspectorRoutes {
  readonly #feed: EventFeed;
  /** Open to everybody who reaches the page. */
  readonly #public: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['GET /session', (request, response) => sendJson(response, 200, this.#session(request))],
    ['POST /login', (request, response) => this.#logIn(request, response)],
  ]);
  readonly #private: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['GET /calls', (_, response) => this.#list(response)],
    ['GET /calls/*', (_, response, id) => this.#call(response, id)],
    ['GET /events', (_, response) => this.#feed.open(response)],
  ]);
  /** They change something, so they need the page's token. */
  readonly #changing: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['DELETE /calls', (_, response) => this.#clear(response)],
    ['POST /calls', (request, response) => this.#try(request, response)],
  ]);

  constructor(private readonly parts: InspectorParts) {
    this.#feed = new EventFeed(parts.store, parts.recorder);
  }

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    void this.#answer(request, response).catch(() => {
      if (!response.headersSent) sendJson(response, 502, { message: 'The call could not be made' });
    });
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.parts.webPages.objectionTo(request) !== undefined) {
      return sendJson(response, 403, { message: 'This page may not look here' });
    }
    const path = (request.url ?? '').split('?')[0]?.slice(PREFIX.length).replace(/\/$/, '') ?? '';
    const file = request.method === 'GET' ? this.parts.files.get(path) : undefined;
    if (file !== undefined)
      return void response.writeHead(200, { 'content-type': file.type }).end(file.content);
    await this.#route(request, response, path);
  }

  async #route(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [, start = '', id = ''] = /^(\/calls\/)?(.*)$/.exec(path) ?? [];
    const name = `${request.method} ${start === '' ? path : '/calls/*'}`;
    const open = this.#public.get(name);
    if (open !== undefined) return void (await open(request, response, id));
    const token = this.parts.sessions.tokenOf(request);
    if (token === undefined) return sendJson(response, 401, { message: 'Log in first' });
    const changing = this.#changing.get(name);
    const route = changing ?? this.#private.get(name);
    if (route === undefined) return sendJson(response, 404, { message: 'Nothing is here' });
    if (changing !== undefined && request.headers[TOKEN_HEADER] !== token) {
      return sendJson(response, 403, { message: 'The token of the page is missing' });
    }
    await route(request, response, id);
  }

  #session(request: IncomingMessage): Session {
    const token = this.parts.sessions.tokenOf(request);
    if (token === undefined) return { isLoggedIn: false };
    return {
      isLoggedIn: true,
      token,
      needsCredential: this.parts.configurations.current.clients.length > 0,
    };
  }

  async #logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = (await readJsonObject(request))?.['key'];
    const result = this.parts.sessions.logIn(typeof key === 'string' ? key : '');
    if (result === 'wait') return sendJson(response, 429, { message: 'Too many wrong keys: wait a minute' });
    if (result === 'wrong') return sendJson(response, 403, { message: 'This is not the key' });
    response.setHeader('set-cookie', result.cookie);
    sendJson(response, 200, {});
  }

  #list(response: ServerResponse): void {
    const { recorder, store } = this.parts;
    sendJson(response, 200, [...recorder.running().toReversed(), ...store.list()]);
  }

  async #call(response: ServerResponse, id: string): Promise<void> {
    const call = await this.parts.recorder.find(id);
    if (call === undefined) sendJson(response, 404, { message: 'This call is no longer held' });
    else sendJson(response, 200, call);
  }

  #clear(response: ServerResponse): void {
    this.parts.store.clear();
    response.writeHead(204).end();
  }

  async #try(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = toTryRequest(await readJsonObject(request));
    const { main, isTls } = this.parts;
    const result = wanted && (await tryCall(main(), wanted, isTls));
    if (result === undefined) sendJson(response, 400, { message: 'This is no path of an operation' });
    else sendJson(response, 200, result);
  }
}
