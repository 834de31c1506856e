/** The content type of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const SERVER_SENT_EVENTS = 'text/event-stream; charset=utf-8';

/** A comment, which every client skips. */
export const PING: Buffer = Buffer.from(': ping\n\n');

/** JSON → one event. `name` is its `event:` line, which some APIs have. */
export function serverSentEvent(data: object, name?: string): string {
  return serverSentJson(JSON.stringify(data), name);
}

/** The same for JSON that has been written. */
export function serverSentJson(json: string, name?: string): string {
  const line = `data: ${json}\n\n`;
  return name === undefined ? line : `event: ${name}\n${line}`;
}
