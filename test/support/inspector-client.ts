import type { Call, CallSummary, Session } from '../../src/inspector/call.js';
import { until } from './until.js';

/** What the page does, without a page. */
export class InspectorClient {
  constructor(
    private readonly managementUrl: string,
    private readonly cookie?: string,
  ) {}

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      ...(this.cookie && { cookie: this.cookie }),
      ...(init.headers as Record<string, string>),
    };
    return fetch(`${this.managementUrl}/inspector${path}`, { ...init, headers });
  }

  async json<Answer>(path: string): Promise<Answer> {
    return (await (await this.fetch(path)).json()) as Answer;
  }

  session(): Promise<Session> {
    return this.json('/session');
  }

  list(): Promise<CallSummary[]> {
    return this.json('/calls');
  }

  /** Resolves when the call is over, and held. */
  async call(id: string | null): Promise<Call> {
    let call: Call | undefined;
    await until(async () => {
      const response = await this.fetch(`/calls/${id}`);
      call = response.ok ? ((await response.json()) as Call) : undefined;
      return call !== undefined && call.isRunning !== true;
    });
    return call as Call; // `until` has seen it
  }

  /** With the page's token. */
  async change(method: string, path: string, body?: object): Promise<Response> {
    const { token = '' } = await this.session();
    return this.fetch(path, {
      method,
      headers: { 'x-inspector-token': token },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
