import { completion } from '../support/answers.js';
import { answerJson, answerText, type UpstreamScript } from '../support/scripted-upstream.js';
import { failed, failures, internal, page, throttled, unparsable, type Failure } from './failure.js';

const BROKE = ' The upstream broke the connection.';

const [status, errorType, message] = internal(BROKE);

/** If the connection has served another call before, the call is sent once more. */
export const CONNECTION_BREAK: Failure = {
  name: 'a connection that breaks',
  script: (_, response) => void response.socket?.destroy(),
  status,
  errorType,
  message,
};

/** The headers of an answer and the beginning of its body, and then nothing. */
function breaksOff(contentType: string, beginning: string): UpstreamScript {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': contentType });
    await new Promise((resolve) => void response.write(beginning, resolve));
    response.socket?.destroy();
  };
}

function compressed(): UpstreamScript {
  return answerJson(completion({ content: 'Hello.' }), 200, { 'content-encoding': 'gzip' });
}

/** Failures with status 200 or without a status; the same for calls with and without streaming. */
export const NO_ANSWERS: readonly Failure[] = [
  ...failures([
    [
      'a connection that breaks in the answer',
      breaksOff('application/json', '{"choices":[{"me'),
      ...internal(BROKE),
    ],
    [
      'an error that names its status',
      answerJson({ error: { code: 429, message: 'Slow down.' } }),
      ...throttled('Slow down.'),
    ],
    ['an error without a status', answerJson({ error: 'out of memory at 10.0.0.7' }), ...internal()],
    [
      'an error that names its status as text',
      answerJson({ error: { code: '429', message: 'Slow down.' } }),
      ...throttled('Slow down.'),
    ],
  ]),
  ...failures(
    [
      ['a page', page(200), ...unparsable],
      ['nothing', answerText(''), ...unparsable],
      ['half of its JSON', answerText('{"choices":[{"message"', 200, 'application/json'), ...unparsable],
      ['another object', answerJson({ id: 'chatcmpl-1', object: 'list', data: [] }), ...unparsable],
      ['an empty object', answerJson({}), ...unparsable],
      ['a list', answerJson([]), ...unparsable],
      ['null', answerJson(null), ...unparsable],
      ['no choices', answerJson({ choices: [] }), ...unparsable],
      ['choices that are no list', answerJson({ choices: 'none' }), ...unparsable],
      ['compressed bytes', compressed(), ...unparsable],
    ],
    { fields: { originalStatusCode: 200 } },
  ),
  ...failures(
    [
      [
        'an answer that ends with an error',
        answerJson(completion({ content: '' }, 'error')),
        ...failed('The model stopped with an error.'),
      ],
      [
        'an answer that ends with an error of its own name',
        answerJson(completion({ content: 'Hel' }, 'network_error')),
        ...failed('The model stopped with an error.'),
      ],
    ],
    { fields: { originalStatusCode: 500 } },
  ),
];

const ROLE =
  'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\n\n';
const DONE = 'data: [DONE]\n\n';
const events = (text: string) => answerText(text, 200, 'text/event-stream');
const errorData = (error: unknown) => `data: ${JSON.stringify({ error })}\n\n`;

/** Streams that fail before any content: a role, comments and empty deltas are no content. */
export const STREAMS_WITHOUT_CONTENT: readonly Failure[] = [
  ...failures(
    [
      ['no event', events(''), ...unparsable],
      ['only its end', events(DONE), ...unparsable],
      ['only comments', events(': keep-alive\n\n: keep-alive\n\n'), ...unparsable],
      ['only a role', events(ROLE), ...unparsable],
      ['only a role and its end', events(`${ROLE}${ROLE}${DONE}`), ...unparsable],
      ['garbage', events('data: {"choices":[{"del\n\n'), ...unparsable],
      ['text', events('data: hello\n\n'), ...unparsable],
    ],
    { fields: { originalStatusCode: 200 } },
  ),
  ...failures([
    ['an error', events(errorData({ code: 429, message: 'Slow down.' }) + DONE), ...throttled('Slow down.')],
    [
      'an error after the role',
      events(ROLE + errorData({ type: 'rate_limit_error', message: 'Slow down.' })),
      ...throttled('Slow down.'),
    ],
    [
      'an error event',
      events(`: hi\n\nevent: error\n${errorData({ code: 'rate_limit_exceeded', message: 'Slow down.' })}`),
      ...throttled('Slow down.'),
    ],
    [
      'an error field',
      events(`${ROLE}error: {"code":429,"message":"Slow down."}\n\n`),
      ...throttled('Slow down.'),
    ],
    ['a connection that breaks', breaksOff('text/event-stream', ROLE), ...internal(BROKE)],
  ]),
];
