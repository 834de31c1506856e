import { chunk, textChunks, textCompletion } from './answers.js';
import { decodeEventStream } from './event-stream.js';
import {
  answerChunks,
  answerJson,
  toServerSentEvent,
  type RecordedRequest,
  type UpstreamScript,
} from './scripted-upstream.js';

/** How an API tells failures: status, and a word that stands in its body, or in the event that ends a stream. */
interface FailureWords {
  readonly throttled: readonly [status: number, word: string];
  readonly overloaded: readonly [status: number, word: string];
  readonly failed: readonly [status: number, word: string];
  readonly forbidden: readonly [status: number, word: string];
  /** Ends a stream that breaks. */
  readonly broken: string;
  /** Ends a stream when the process ends. */
  readonly ended: string;
}

const OVERLOAD = 'Bedrock is unable to process your request.';

const BEDROCK: FailureWords = {
  throttled: [429, 'Too many requests, please wait before trying again.'],
  overloaded: [503, OVERLOAD],
  failed: [500, 'message'],
  forbidden: [403, 'message'],
  broken: 'modelStreamErrorException',
  ended: 'serviceUnavailableException',
};
const ANTHROPIC: FailureWords = {
  throttled: [429, 'rate_limit_error'],
  overloaded: [529, 'overloaded_error'],
  failed: [500, 'api_error'],
  forbidden: [403, 'permission_error'],
  broken: 'api_error',
  ended: 'overloaded_error',
};
const OPENAI: FailureWords = {
  throttled: [429, 'rate_limit_exceeded'],
  overloaded: [503, 'server_is_overloaded'],
  failed: [500, 'server_error'],
  forbidden: [403, 'permission_denied'],
  broken: 'server_error',
  ended: 'server_is_overloaded',
};

/** One way to ask a model for an answer. */
export interface Door {
  readonly name: string;
  readonly path: string;
  readonly body: object;
  /** Its name in the log and in the metrics. */
  readonly operation: string;
  readonly isStream: boolean;
  readonly failures: FailureWords;
  /** Stands at the end of a whole stream, and nowhere else. */
  readonly ending: string;
}

/** The model that every door asks for. */
export const MODEL = 'sole';
export const PROMPT = 'zebra-of-the-prompt';

const CHAT = { messages: [{ role: 'user', content: PROMPT }] };
const CONVERSE = { messages: [{ role: 'user', content: [{ text: PROMPT }] }] };
const METRICS = 'amazon-bedrock-invocationMetrics';

const NATIVE_BODIES: Readonly<Record<string, object>> = {
  'anthropic-messages': { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, ...CHAT },
  'openai-chat': CHAT,
  nova: { ...CONVERSE, inferenceConfig: { maxTokens: 9 } },
  llama: { prompt: PROMPT, max_gen_len: 9 },
};

const MESSAGES_BODY = { model: MODEL, max_tokens: 9, ...CHAT };
const CHAT_BODY = { model: MODEL, ...CHAT };

/** All that answer with text. */
export const DOORS: readonly Door[] = [
  conversed('converse', 'converse', false),
  conversed('converseStream', 'converse-stream', true),
  ...Object.entries(NATIVE_BODIES).flatMap(([format, body]) => [
    invoked(format, body, false),
    invoked(format, body, true),
  ]),
  ...['/v1/messages', '/anthropic/v1/messages'].flatMap((path) => [
    messages(path, MESSAGES_BODY, false),
    messages(path, { ...MESSAGES_BODY, stream: true }, true),
  ]),
  ...['/openai/v1/chat/completions', '/v1/chat/completions'].flatMap((path) => [
    completions(path, CHAT_BODY, false),
    completions(path, { ...CHAT_BODY, stream: true }, true),
  ]),
];

export const STREAMS = DOORS.filter(({ isStream }) => isStream);

function conversed(operation: string, path: string, isStream: boolean): Door {
  return {
    name: operation,
    path: `/model/${MODEL}/${path}`,
    body: CONVERSE,
    operation,
    isStream,
    failures: BEDROCK,
    ending: '"metadata"',
  };
}

function invoked(format: string, body: object, isStream: boolean): Door {
  const [operation, path] = isStream
    ? ['invokeModelWithResponseStream', 'invoke-with-response-stream']
    : ['invokeModel', 'invoke'];
  const name = `${operation} of ${format}`;
  return {
    name,
    path: `/model/${MODEL}/${path}`,
    body,
    operation,
    isStream,
    failures: BEDROCK,
    ending: METRICS,
  };
}

function messages(path: string, body: object, isStream: boolean): Door {
  const name = `${path}${isStream ? ' as a stream' : ''}`;
  return {
    name,
    path,
    body,
    operation: 'createMessage',
    isStream,
    failures: ANTHROPIC,
    ending: 'message_stop',
  };
}

function completions(path: string, body: object, isStream: boolean): Door {
  const name = `${path}${isStream ? ' as a stream' : ''}`;
  return {
    name,
    path,
    body,
    operation: 'createChatCompletion',
    isStream,
    failures: OPENAI,
    ending: '[DONE]',
  };
}

/** Asks as the client with this key. */
export function knock(url: string, door: Door, key?: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url + door.path, {
    method: 'POST',
    body: JSON.stringify(door.body),
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    ...init,
  });
}

/** The answer as text: chunks in frames are decoded. */
export async function textOf(response: Response): Promise<string> {
  const bytes = await response.bytes();
  if (response.headers.get('content-type') !== 'application/vnd.amazon.eventstream') {
    return Buffer.from(bytes).toString();
  }
  return decodeEventStream(bytes)
    .map((event) => {
      const { bytes: data } = (event['chunk'] ?? {}) as { bytes?: string }; // the payload of an event is an object
      return data === undefined ? JSON.stringify(event) : Buffer.from(data, 'base64').toString();
    })
    .join('\n');
}

const isStreamed = ({ body }: RecordedRequest): boolean => (body as { stream?: boolean }).stream === true;

/** Answers whole or streamed, as the request wants it. */
export function answersWith(content: string): UpstreamScript {
  const whole = answerJson(textCompletion(content));
  const streamed = answerChunks(textChunks(content));
  return (request, response) => (isStreamed(request) ? streamed : whole)(request, response);
}

/** A stream that begins well, and goes on as `rest` does; a whole answer never comes. */
export function begins(content: string, rest: UpstreamScript = () => undefined): UpstreamScript {
  return (request, response) => {
    if (!isStreamed(request)) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(toServerSentEvent(chunk({ content })), () => void rest(request, response));
  };
}
