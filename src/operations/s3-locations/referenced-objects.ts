import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { S3LocationDto } from '../../bedrock/converse/s3-location.dto.js';
import { type Block, placedBlocksOf } from '../placed-blocks.js';

/** A block whose content is in S3. */
export interface ObjectReference {
  readonly location: S3LocationDto;
  /** The JSON path of the location. */
  readonly path: string;
}

/** The content of objects in base64, by the `s3Location` that refers to them. */
export type ObjectContents = ReadonlyMap<S3LocationDto, string>;

/** Whether any content is in S3. It allocates nothing, because every request is asked. */
export function refersToObjects({ messages }: ConverseRequestDto): boolean {
  for (const { content } of messages ?? []) if (anyInS3(content)) return true;
  return false;
}

function anyInS3(blocks: readonly Block[]): boolean {
  for (const block of blocks) {
    if (mediaInS3(block) !== undefined) return true;
    if (block.toolResult != null && anyInS3(block.toolResult.content)) return true;
  }
  return false;
}

/** The blocks whose content is in S3, in order. */
export function referencedObjects(request: ConverseRequestDto): ObjectReference[] {
  const references: ObjectReference[] = [];
  for (const { block, path } of placedBlocksOf(request)) {
    const media = mediaInS3(block);
    const location = media && block[media]?.source.s3Location;
    if (location != null) references.push({ location, path: `${path}.${media}.source.s3Location` });
  }
  return references;
}

/** The request with `bytes` in place of each `s3Location`. */
export function withContents(request: ConverseRequestDto, contents: ObjectContents): ConverseRequestDto {
  const messages = (request.messages ?? []).map((message) =>
    Object.assign({}, message, { content: blocksWithContents(message.content, contents) }),
  );
  return Object.assign({}, request, { messages });
}

function blocksWithContents<Value extends Block>(
  blocks: readonly Value[],
  contents: ObjectContents,
): Value[] {
  return blocks.map((block) => {
    const { toolResult } = block;
    if (toolResult != null) {
      const content = blocksWithContents(toolResult.content, contents);
      return Object.assign({}, block, { toolResult: Object.assign({}, toolResult, { content }) });
    }
    const media = mediaInS3(block);
    return media === undefined ? block : withBytes(block, media, contents);
  });
}

function withBytes<Value extends Block>(
  block: Value,
  media: NonNullable<ReturnType<typeof mediaInS3>>,
  contents: ObjectContents,
): Value {
  const { s3Location: location, ...others } = block[media]?.source ?? {};
  const bytes = location && contents.get(location);
  return Object.assign({}, block, {
    [media]: Object.assign({}, block[media], { source: { ...others, bytes } }),
  });
}

/** The source of an image or audio with an error is not sent. */
function mediaInS3({
  image,
  document,
  video,
  audio,
}: Block): 'image' | 'document' | 'video' | 'audio' | undefined {
  if (image != null) return image.source.s3Location != null && image.error == null ? 'image' : undefined;
  if (document != null) return document.source.s3Location == null ? undefined : 'document';
  if (video != null) return video.source.s3Location == null ? undefined : 'video';
  return audio?.source.s3Location != null && audio.error == null ? 'audio' : undefined;
}
