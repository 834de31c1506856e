import type { ContentBlockDto } from '../../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { deepFreeze } from '../../config/deep-freeze.js';
import { referencedObjects, refersToObjects, withContents } from './referenced-objects.js';

const S3 = { s3Location: { uri: 's3://bucket/key' } };
const BYTES = { bytes: 'AQID' };
const HERE = 'messages.0.content.0';

const request = (...content: ContentBlockDto[]): ConverseRequestDto =>
  deepFreeze({ messages: [{ role: 'user', content }], inferenceConfig: { maxTokens: 1 } });
const result = (...content: NonNullable<ContentBlockDto['toolResult']>['content']): ContentBlockDto => ({
  toolResult: { toolUseId: 't', content, status: 'error' },
});

describe('A block with content in S3', () => {
  it.each<[block: ContentBlockDto, path: string, replaced: ContentBlockDto]>([
    [
      { image: { format: 'png', source: S3 } },
      `${HERE}.image.source.s3Location`,
      { image: { format: 'png', source: BYTES } },
    ],
    [
      { document: { name: 'd', context: 'c', source: S3 } },
      `${HERE}.document.source.s3Location`,
      { document: { name: 'd', context: 'c', source: BYTES } },
    ],
    [
      { video: { format: 'mp4', source: S3 } },
      `${HERE}.video.source.s3Location`,
      { video: { format: 'mp4', source: BYTES } },
    ],
    [
      { audio: { format: 'wav', source: S3 } },
      `${HERE}.audio.source.s3Location`,
      { audio: { format: 'wav', source: BYTES } },
    ],
    [
      result({ text: 'a' }, { image: { format: 'png', source: S3 } }),
      `${HERE}.toolResult.content.1.image.source.s3Location`,
      result({ text: 'a' }, { image: { format: 'png', source: BYTES } }),
    ],
    [
      result({ document: { name: 'd', source: S3 } }),
      `${HERE}.toolResult.content.0.document.source.s3Location`,
      result({ document: { name: 'd', source: BYTES } }),
    ],
    [
      result({ video: { format: 'mp4', source: S3 } }),
      `${HERE}.toolResult.content.0.video.source.s3Location`,
      result({ video: { format: 'mp4', source: BYTES } }),
    ],
  ])('is found, and gets bytes: %j', (block, path, replaced) => {
    const asked = request(block, { text: 'b' });
    expect(refersToObjects(asked)).toBe(true);
    const found = referencedObjects(asked);
    expect(found).toEqual([{ path, location: S3.s3Location }]);
    const contents = new Map(found.map(({ location }) => [location, BYTES.bytes]));
    expect(withContents(asked, contents)).toEqual(request(replaced, { text: 'b' }));
  });
});

describe('A block without content in S3', () => {
  it.each<ContentBlockDto>([
    { text: 's3://bucket/key' },
    { image: { format: 'png', source: BYTES } },
    { image: { format: 'png', source: S3, error: { message: 'lost' } } },
    { audio: { format: 'wav', source: S3, error: { message: 'lost' } } },
    { document: { name: 'd', source: BYTES } },
    { document: { name: 'd', source: { text: 's3Location' } } },
    { video: { format: 'mp4', source: BYTES } },
    { audio: { format: 'wav', source: BYTES } },
    { toolUse: { toolUseId: 't', name: 'f', input: S3 } },
    result({ json: { image: { format: 'png', source: S3 } } }),
    result(),
  ])('is left as it is: %j', (block) => {
    const asked = request(block);
    expect(refersToObjects(asked)).toBe(false);
    expect(referencedObjects(asked)).toEqual([]);
    expect(withContents(asked, new Map())).toEqual(asked);
  });

  it('may be no block at all', () => {
    expect(refersToObjects({})).toBe(false);
    expect(referencedObjects({})).toEqual([]);
  });
});
