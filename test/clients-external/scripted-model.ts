import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { LocalUpstream } from '../soak/local-upstream.ts';

interface ChatMessage {
  readonly role: string;
  readonly content?: string | readonly { readonly text?: string }[] | null;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly stream?: boolean;
}

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export const GREETING = 'Hello from the scripted model.';
export const TOOL_REPORT = 'The tool says:';
const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
/** A prompt that wants a tool to be called: `CALL Read {"file_path":"/tmp/a"}`. Several lines call several tools. */
const WANTED = /CALL (\w+) (\{.*\})/g;

/**
 * An OpenAI-compatible server whose model does what the prompt says: it calls tools, reports their results, and else
 * says hello.
 */
export class ScriptedModel extends LocalUpstream {
  readonly requests: ChatRequest[] = [];

  constructor() {
    super(createServer((request, response) => void this.#answer(request, response)));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chat = (await json(request)) as ChatRequest; // the proxy sends nothing else
    this.requests.push(chat);
    const toolCalls = callsFor(chat);
    const content = toolCalls.length > 0 ? null : textFor(chat);
    if (chat.stream === true) return stream(response, content, toolCalls);
    const message = { role: 'assistant', content, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) };
    const choice = { index: 0, message, finish_reason: toolCalls.length > 0 ? 'tool_calls' : 'stop' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...HEAD, object: 'chat.completion', choices: [choice], usage: USAGE }));
  }
}

const HEAD = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'scripted' };

function callsFor({ messages, tools = [] }: ChatRequest): ToolCall[] {
  const last = lastTurn(messages);
  if (last?.role !== 'user') return [];
  const offered = new Set(tools.map((tool) => tool.function.name));
  return [...textOf(last).matchAll(WANTED)]
    .filter(([, name = '']) => offered.has(name))
    .map(([, name = '', input = ''], index) => {
      return { id: `call_${index}`, type: 'function', function: { name, arguments: input } };
    });
}

function textFor({ messages }: ChatRequest): string {
  const last = lastTurn(messages);
  return last?.role === 'tool' ? `${TOOL_REPORT} ${textOf(last)}` : GREETING;
}

/** Claude Code puts reminders behind the user's words. */
function lastTurn(messages: readonly ChatMessage[]): ChatMessage | undefined {
  return messages.findLast(({ role }) => role !== 'system');
}

function textOf({ content }: ChatMessage): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join('\n');
}

function stream(response: ServerResponse, content: string | null, toolCalls: readonly ToolCall[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: object, finish_reason: string | null = null): void => {
    const chunk = { ...HEAD, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  for (const word of content?.split(/(?<= )/) ?? []) send({ content: word });
  for (const [index, call] of toolCalls.entries()) send({ tool_calls: [{ index, ...call }] });
  send({}, toolCalls.length > 0 ? 'tool_calls' : 'stop');
  const last = { ...HEAD, object: 'chat.completion.chunk', choices: [], usage: USAGE };
  response.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
}
