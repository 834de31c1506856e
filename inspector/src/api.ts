import type { Call, CallSummary, Session, TryRequest } from '../../src/inspector/call.ts';

const BASE = '/inspector';
let token = '';

/** An answer that is no success; the message is the service's. */
export class ApiError extends Error {}

export async function openSession(): Promise<Session> {
  const session = await get<Session>('/session');
  token = session.token ?? '';
  return session;
}

export async function logIn(key: string): Promise<void> {
  await send('POST', '/login', { key });
}

export const listCalls = (): Promise<CallSummary[]> => get('/calls');

export const getCall = (id: string): Promise<Call> => get(`/calls/${encodeURIComponent(id)}`);

export async function clearCalls(): Promise<void> {
  await send('DELETE', '/calls');
}

/** @returns the id of the call, under which it is held, and its status */
export async function tryCall(wanted: TryRequest): Promise<{ id?: string; status: number }> {
  return (await send('POST', '/calls', wanted)).json() as Promise<{ id?: string; status: number }>;
}

/** Calls as they end. Returns a function that stops it. */
export function followCalls(onCall: (call: CallSummary) => void): () => void {
  const events = new EventSource(`${BASE}/events`);
  events.addEventListener('message', ({ data }: MessageEvent<string>) =>
    onCall(JSON.parse(data) as CallSummary),
  );
  return () => events.close();
}

async function get<Answer>(path: string): Promise<Answer> {
  const response = await checked(await fetch(BASE + path));
  return (await response.json()) as Answer;
}

async function send(method: string, path: string, body?: object): Promise<Response> {
  const headers = { 'x-inspector-token': token, 'content-type': 'application/json' };
  return checked(await fetch(BASE + path, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  throw new ApiError(message ?? `The service answered ${response.status}`);
}
