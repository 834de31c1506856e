import type { AudioBlockDto, AudioFormat } from '../../../bedrock/converse/audio-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import type { Dialect } from '../../../openai/dialect.js';
import { unsupported } from '../refuse.js';
import type { RequestContext } from '../request-context.js';
import { mediaErrorToText, sourceToBase64 } from './media-source.js';
import { textToContentPart } from './text.js';

/** From https://www.iana.org/assignments/media-types/media-types.xhtml#audio. Unregistered formats use common names. */
const MEDIA_SUBTYPE = {
  mp3: 'mpeg',
  opus: 'opus',
  wav: 'wav',
  aac: 'aac',
  flac: 'flac',
  mp4: 'mp4',
  ogg: 'ogg',
  mkv: 'x-matroska',
  mka: 'x-matroska',
  'x-aac': 'aac',
  m4a: 'mp4',
  mpeg: 'mpeg',
  mpga: 'mpeg',
  pcm: 'pcm',
  webm: 'webm',
} as const satisfies Record<AudioFormat, string>;

/** `input_audio` accepts wav and mp3. `mpeg` and `mpga` are other names of MP3. */
const INPUT_AUDIO_FORMAT: Partial<Record<AudioFormat, 'wav' | 'mp3'>> = {
  wav: 'wav',
  mp3: 'mp3',
  mpeg: 'mp3',
  mpga: 'mp3',
};

/**
 * `audio` → the content part in which the upstream accepts audio.
 * @throws ValidationException for an S3 location, or for a format that the upstream does not accept
 */
export function audioToContentPart(
  audio: AudioBlockDto,
  path: string,
  { dialect }: RequestContext,
): ContentPart {
  if (audio.error != null) return textToContentPart(mediaErrorToText('audio', audio.error));
  return PARTS[dialect.audio](audio, path);
}

const PARTS: Record<Dialect['audio'], (audio: AudioBlockDto, path: string) => ContentPart> = {
  input_audio: ({ format: name, source }, path) => {
    const format = INPUT_AUDIO_FORMAT[name];
    if (format === undefined) throw unsupported(`${path}.format`, 'the upstream takes wav and mp3.');
    const data = new Base64Data(sourceToBase64(source, `${path}.source`));
    return { type: 'input_audio', input_audio: { data, format } };
  },
  audio_url: ({ format, source }, path) => {
    const bytes = sourceToBase64(source, `${path}.source`);
    const url = new Base64Data(bytes, `audio/${MEDIA_SUBTYPE[format]}`);
    return { type: 'audio_url', audio_url: { url } };
  },
  none: (_, path) => {
    throw unsupported(path, 'the upstream takes no audio.');
  },
};
