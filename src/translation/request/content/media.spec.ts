import type { AudioFormat } from '../../../bedrock/converse/audio-block.dto.js';
import type { ContentBlockDto } from '../../../bedrock/converse/content-block.dto.js';
import type { VideoFormat } from '../../../bedrock/converse/video-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import type { DialectName } from '../../../config/dialect-names.js';
import { mapUser, refusalOf } from '../../../../test/support/map-request.js';

const BYTES = { bytes: 'aGk=' };
const S3 = { s3Location: { uri: 's3://bucket/key' } };

/** The content of the user message for one block. */
function contentOf(block: ContentBlockDto, dialect: DialectName = 'generic'): unknown {
  return mapUser([block], dialect).map((message) => message.content);
}

const refused = (block: ContentBlockDto, dialect: DialectName = 'generic') =>
  refusalOf(() => mapUser([{ text: 'Look' }, block], dialect));
const unsupported = (path: string, reason: string) =>
  `ValidationException: The value at messages.0.content.1.${path} is not supported: ${reason}`;

describe('image', () => {
  it.each(['png', 'jpeg', 'gif', 'webp'] as const)('%s becomes a data URI', (format) => {
    const url = new Base64Data('aGk=', `image/${format}`);
    expect(contentOf({ image: { format, source: BYTES } })).toEqual([
      [{ type: 'image_url', image_url: { url } }],
    ]);
  });

  it('inside guardContent is unwrapped', () => {
    expect(contentOf({ guardContent: { image: { format: 'png', source: BYTES } } })).toEqual(
      contentOf({ image: { format: 'png', source: BYTES } }),
    );
  });

  it('with an error becomes the text of the error', () => {
    const image = { format: 'png' as const, source: BYTES, error: { message: 'too large' } };
    expect(contentOf({ image })).toEqual(['[image error: too large]']);
  });

  it('is refused if the dialect does not support images', () => {
    expect(refused({ image: { format: 'png', source: BYTES } }, 'deepseek')).toBe(
      unsupported('image', 'the upstream takes no images.'),
    );
  });
});

describe('video', () => {
  it.each<[VideoFormat, string]>([
    ['mkv', 'x-matroska'],
    ['mov', 'quicktime'],
    ['mp4', 'mp4'],
    ['webm', 'webm'],
    ['flv', 'x-flv'],
    ['mpeg', 'mpeg'],
    ['mpg', 'mpeg'],
    ['wmv', 'x-ms-wmv'],
    ['three_gp', '3gpp'],
  ])('%s becomes a data URI of video/%s', (format, subtype) => {
    const url = new Base64Data('aGk=', `video/${subtype}`);
    expect(contentOf({ video: { format, source: BYTES } }, 'vllm')).toEqual([
      [{ type: 'video_url', video_url: { url } }],
    ]);
  });

  it('is sent as data and format if the dialect has such a part', () => {
    expect(contentOf({ video: { format: 'mp4', source: BYTES } }, 'llamacpp')).toEqual([
      [{ type: 'input_video', input_video: { data: new Base64Data('aGk='), format: 'mp4' } }],
    ]);
  });

  it.each<DialectName>(['generic', 'openai', 'ollama', 'mistral'])('is refused: %s', (dialect) => {
    expect(refused({ video: { format: 'mp4', source: BYTES } }, dialect)).toBe(
      unsupported('video', 'the upstream takes no videos.'),
    );
  });
});

describe('audio', () => {
  it.each<[AudioFormat, 'wav' | 'mp3']>([
    ['wav', 'wav'],
    ['mp3', 'mp3'],
    ['mpeg', 'mp3'],
    ['mpga', 'mp3'],
  ])('%s becomes input_audio of %s', (format, expected) => {
    expect(contentOf({ audio: { format, source: BYTES } })).toEqual([
      [{ type: 'input_audio', input_audio: { data: new Base64Data('aGk='), format: expected } }],
    ]);
  });

  it.each<[AudioFormat, string]>([
    ['ogg', 'ogg'],
    ['mp3', 'mpeg'],
    ['x-aac', 'aac'],
    ['mka', 'x-matroska'],
    ['m4a', 'mp4'],
  ])('%s becomes a data URI of audio/%s if the dialect accepts all formats', (format, subtype) => {
    expect(contentOf({ audio: { format, source: BYTES } }, 'vllm')).toEqual([
      [{ type: 'audio_url', audio_url: { url: new Base64Data('aGk=', `audio/${subtype}`) } }],
    ]);
  });

  it.each<AudioFormat>(['ogg', 'flac', 'pcm', 'webm'])('%s is refused because of its format', (format) => {
    expect(refused({ audio: { format, source: BYTES } })).toBe(
      unsupported('audio.format', 'the upstream takes wav and mp3.'),
    );
  });

  it.each<DialectName>(['groq', 'lmstudio', 'deepseek'])('is refused: %s', (dialect) => {
    expect(refused({ audio: { format: 'wav', source: BYTES } }, dialect)).toBe(
      unsupported('audio', 'the upstream takes no audio.'),
    );
  });
});

describe('S3 locations are refused', () => {
  const reason = 'S3 locations are read only with `s3` in the configuration file. Send the content as bytes.';

  it.each<[string, ContentBlockDto, DialectName]>([
    ['image', { image: { format: 'png', source: S3 } }, 'generic'],
    ['document', { document: { name: 'd', format: 'pdf', source: S3 } }, 'generic'],
    ['document', { document: { name: 'd', source: S3 } }, 'ollama'],
    ['audio', { audio: { format: 'mp3', source: S3 } }, 'generic'],
    ['audio', { audio: { format: 'ogg', source: S3 } }, 'sglang'],
    ['video', { video: { format: 'mp4', source: S3 } }, 'vllm'],
    ['video', { video: { format: 'mp4', source: S3 } }, 'llamacpp'],
  ])('%s', (member, block, dialect) => {
    expect(refused(block, dialect)).toBe(unsupported(`${member}.source.s3Location`, reason));
  });
});
