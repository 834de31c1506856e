import { targetOf } from '../../../test/support/upstream-target.js';
import type { RequestMetadataSettings } from '../../config/configuration.js';
import { DIALECT_NAMES, type DialectName } from '../../config/dialect-names.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { IgnoredMembers } from './ignored-members.js';
import { metadataToParams } from './request-metadata.js';

const ALL: RequestMetadataSettings = { log: ['team'], forward: ['job', 'tags'], label: ['stage'] };
const METADATA = { team: 'a', job: 'b', stage: 'c', tags: 'd', other: 'e' };

function send(
  metadata: Record<string, unknown>,
  dialect: DialectName,
  changes: Partial<UpstreamTarget> = {},
): { metadata?: unknown; ignored: readonly string[] } {
  const ignored = new IgnoredMembers('ignore');
  const target = targetOf(dialect, { requestMetadata: ALL, ...changes });
  return { ...metadataToParams(metadata, 'requestMetadata', { target, ignored }), ignored: ignored.list() };
}

describe('Request metadata', () => {
  it.each(DIALECT_NAMES.filter((name) => ['generic', 'litellm', 'openrouter', 'mistral'].includes(name)))(
    'is sent to %s for the keys that are named, and reported for those that are not',
    (dialect) => {
      expect(send(METADATA, dialect)).toEqual({
        metadata: { job: 'b', tags: 'd' },
        ignored: ['requestMetadata.other'],
      });
    },
  );

  it.each(DIALECT_NAMES.filter((name) => !['generic', 'litellm', 'openrouter', 'mistral'].includes(name)))(
    'is not sent to %s, and reported unless it is logged or a label',
    (dialect) => {
      expect(send(METADATA, dialect)).toEqual({
        ignored: ['requestMetadata.job', 'requestMetadata.tags', 'requestMetadata.other'],
      });
    },
  );

  it.each<[name: string, dialect: DialectName, extraBody: Record<string, unknown>, metadata: unknown]>([
    ['OpenAI, where an operator stores answers', 'openai', { store: true }, { job: 'b' }],
    ['Azure, where an operator stores answers', 'azure', { store: true }, { job: 'b' }],
    ['OpenAI, where an operator does not', 'openai', { store: false }, undefined],
    ['Groq, where an operator does', 'groq', { store: true }, undefined],
    [
      'a server, beside what an operator adds',
      'generic',
      { metadata: { tags: ['x'] } },
      { tags: ['x'], job: 'b' },
    ],
    ['a server, in place of what an operator adds', 'generic', { metadata: { job: 'x' } }, { job: 'b' }],
  ])('is sent to %s', (_, dialect, extraBody, metadata) => {
    expect(send({ job: 'b' }, dialect, { extraBody }).metadata).toEqual(metadata);
  });

  it.each<[name: string, metadata: Record<string, unknown>, expected: unknown]>([
    ['loses control characters', { job: 'a\n\u0000b\u0085\u2028c\u007f' }, { job: 'abc' }],
    ['keeps other characters', { job: 'é 😀 {"a":1}' }, { job: 'é 😀 {"a":1}' }],
    ['is cut to 256 characters', { job: 'x'.repeat(300) }, { job: 'x'.repeat(256) }],
    ['may be empty', { job: '' }, { job: '' }],
    ['that is no text is left out', { job: 5, tags: ['d'] }, undefined],
    ['of inherited members is none', {}, undefined],
  ])('%s', (_, metadata, expected) => {
    const settings = { log: [], forward: ['job', 'tags', 'toString', '__proto__'], label: [] };
    expect(send(metadata, 'generic', { requestMetadata: settings }).metadata).toEqual(expected);
  });

  it('is reported as a whole where nothing is named', () => {
    expect(send(METADATA, 'generic', { requestMetadata: undefined })).toEqual({
      ignored: ['requestMetadata'],
    });
    expect(send({}, 'generic', { requestMetadata: undefined })).toEqual({ ignored: [] });
  });
});
