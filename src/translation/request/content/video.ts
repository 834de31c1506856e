import type { VideoBlockDto, VideoFormat } from '../../../bedrock/converse/video-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import type { Dialect } from '../../../openai/dialect.js';
import { unsupported } from '../refuse.js';
import type { RequestContext } from '../request-context.js';
import { sourceToBase64 } from './media-source.js';

/** From https://www.iana.org/assignments/media-types/media-types.xhtml#video. Unregistered formats use common names. */
const MEDIA_SUBTYPE = {
  mkv: 'x-matroska',
  mov: 'quicktime',
  mp4: 'mp4',
  webm: 'webm',
  flv: 'x-flv',
  mpeg: 'mpeg',
  mpg: 'mpeg',
  wmv: 'x-ms-wmv',
  three_gp: '3gpp',
} as const satisfies Record<VideoFormat, string>;

/**
 * `video` → the content part in which the upstream accepts videos.
 * @throws ValidationException for an S3 location, or when the upstream accepts no videos
 */
export function videoToContentPart(
  video: VideoBlockDto,
  path: string,
  { dialect }: RequestContext,
): ContentPart {
  return PARTS[dialect.video](video, path);
}

const PARTS: Record<Dialect['video'], (video: VideoBlockDto, path: string) => ContentPart> = {
  video_url: ({ format, source }, path) => {
    const bytes = sourceToBase64(source, `${path}.source`);
    const url = new Base64Data(bytes, `video/${MEDIA_SUBTYPE[format]}`);
    return { type: 'video_url', video_url: { url } };
  },
  input_video: ({ format, source }, path) => {
    const data = new Base64Data(sourceToBase64(source, `${path}.source`));
    return { type: 'input_video', input_video: { data, format } };
  },
  none: (_, path) => {
    throw unsupported(path, 'the upstream takes no videos.');
  },
};
