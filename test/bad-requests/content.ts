import type { DialectName } from '../../src/config/dialect-names.js';
import { asking, badRequest, speaksOf, type BadRequest } from '../support/bad-request.js';

const S3 = { s3Location: { uri: 's3://bucket/key', bucketOwner: '123456789012' } };
const BYTES = { bytes: 'AQID' };
const HERE = 'messages.0.content.0';

const use = (toolUseId: string) => ({ toolUse: { toolUseId, name: 'f', input: {} } });
const result = (toolUseId: string, content: unknown[] = [{ text: 'ok' }]) => ({
  toolResult: { toolUseId, content },
});
const turn = (role: string, ...content: unknown[]) => ({ role, content });
const talk = (...messages: unknown[]) => ({ messages: [turn('user', { text: 'Hello.' }), ...messages] });
const before = (dialect: DialectName) => ({ environment: { OPENAI_DIALECT: dialect } });

/** Content that cannot be sent to any upstream, or not to this one. */
const UNSUPPORTED: readonly BadRequest[] = [
  badRequest(
    'an image in S3',
    asking({ image: { format: 'png', source: S3 } }),
    speaksOf(`${HERE}.image.source.s3Location`),
  ),
  badRequest(
    'a document in S3',
    asking({ document: { name: 'a', source: S3 } }),
    speaksOf(`${HERE}.document.source.s3Location`),
  ),
  badRequest(
    'an audio in S3',
    asking({ audio: { format: 'wav', source: S3 } }),
    speaksOf(`${HERE}.audio.source.s3Location`),
  ),
  badRequest(
    'a video in S3',
    asking({ video: { format: 'mp4', source: S3 } }),
    speaksOf(`${HERE}.video.source.s3Location`),
    before('vllm'),
  ),
  ...['doc', 'docx', 'xls', 'xlsx'].map((format) =>
    badRequest(
      `an Office document that is none: ${format}`,
      asking({ document: { format, name: 'a', source: BYTES } }),
      speaksOf(`${HERE}.document.source.bytes`),
    ),
  ),
  badRequest(
    'bytes that are no text',
    asking({ document: { format: 'txt', name: 'a', source: { bytes: '/wD/' } } }),
    speaksOf(`${HERE}.document.source.bytes`),
  ),
  badRequest(
    'a video for a server that takes none',
    asking({ text: 'a' }, { video: { format: 'mp4', source: BYTES } }),
    speaksOf('messages.0.content.1.video'),
  ),
  badRequest(
    'an audio of another format',
    asking({ audio: { format: 'flac', source: BYTES } }),
    speaksOf(`${HERE}.audio.format`),
  ),
  badRequest(
    'an image for a server that takes none',
    asking({ image: { format: 'png', source: BYTES } }),
    speaksOf(`${HERE}.image`),
    before('deepseek'),
  ),
  badRequest(
    'a PDF that is none for a server that takes none',
    asking({ document: { format: 'pdf', name: 'a', source: { bytes: 'JVBERi0=' } } }),
    speaksOf(`${HERE}.document.source.bytes`),
    before('ollama'),
  ),
  badRequest('a tool use of the user', asking(use('a')), speaksOf(`${HERE}.toolUse`)),
  badRequest(
    'reasoning of the user',
    asking({ reasoningContent: { redactedContent: 'AQID' } }),
    speaksOf(`${HERE}.reasoningContent`),
  ),
  badRequest(
    'a tool result of the assistant',
    talk(turn('assistant', result('a'))),
    speaksOf('messages.1.content.0.toolResult'),
  ),
  badRequest(
    'an image of the assistant',
    talk(turn('assistant', { image: { format: 'png', source: BYTES } })),
    speaksOf('messages.1.content.0.image'),
  ),
  badRequest(
    'a document of the system',
    talk(turn('system', { document: { name: 'a', source: { text: 'a' } } })),
    speaksOf('messages.1.content.0.document'),
  ),
  badRequest(
    'a guarded image of the system',
    { ...talk(), system: [{ guardContent: { image: { format: 'png', source: BYTES } } }] },
    speaksOf('system.0.guardContent.image'),
  ),
];

/** Requests that Bedrock refuses, with its messages. */
const CONVERSATION: readonly BadRequest[] = [
  badRequest('no messages', {}, speaksOf('messages')),
  badRequest('an empty list of messages', { messages: [] }, speaksOf('messages')),
  badRequest(
    'a message without content',
    talk(turn('user')),
    'The content field in the Message object at messages.1 is empty. Add a ContentBlock object to the content field and try again.',
  ),
  badRequest(
    'a user who says nothing',
    asking({ text: ' \n' }, { text: '' }),
    'The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.',
  ),
  badRequest(
    'a result without a tool use',
    asking(result('a')),
    'The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.',
  ),
  badRequest(
    'more results than tool uses',
    talk(turn('assistant', use('a')), turn('user', result('a'), result('b'))),
    'The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.',
  ),
  badRequest(
    'a tool use without a result',
    talk(turn('assistant', use('a'), use('b'), use('c')), turn('user', result('b'), { text: 'Well?' })),
    'Expected toolResult blocks at messages.2.content for the following Ids: a, c',
  ),
  badRequest(
    'a result for another tool use',
    talk(turn('assistant', use('a')), turn('user', result('b'))),
    'Expected toolResult blocks at messages.2.content for the following Ids: a',
  ),
  badRequest(
    'a tool use at the end',
    talk(turn('assistant', use('a'))),
    'Expected toolResult blocks at messages.2.content for the following Ids: a',
  ),
  badRequest(
    'two tool uses of one id',
    talk(turn('assistant', use('a'), use('a'))),
    speaksOf('messages.1.content'),
  ),
  badRequest(
    'two results of one id',
    talk(turn('assistant', use('a'), use('b')), turn('user', result('a'), result('a'))),
    speaksOf('messages.2.content'),
  ),
  badRequest(
    'an error without content',
    talk(
      turn('assistant', use('a')),
      turn('user', { toolResult: { toolUseId: 'a', content: [], status: 'error' } }),
    ),
    'The content field at messages.2.content.0.toolResult cannot be empty when status value is error.',
  ),
];

export const CONTENT: readonly BadRequest[] = [...UNSUPPORTED, ...CONVERSATION];
