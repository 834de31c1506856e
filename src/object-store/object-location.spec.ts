import { readableObject } from './object-location.js';

const PLACES = [['media/uploads/', 'documents']];

describe('readableObject', () => {
  it.each([
    ['s3://documents/a.pdf', { bucket: 'documents', key: 'a.pdf' }],
    ['s3://documents/a/b/c.pdf', { bucket: 'documents', key: 'a/b/c.pdf' }],
    ['s3://documents//a.pdf', { bucket: 'documents', key: '/a.pdf' }],
    ['s3://documents/.a/..b/c..', { bucket: 'documents', key: '.a/..b/c..' }],
    ['s3://documents/...', { bucket: 'documents', key: '...' }],
    ['s3://documents/a b+%2e?x#y', { bucket: 'documents', key: 'a b+%2e?x#y' }],
    ['s3://documents/Größe 😀', { bucket: 'documents', key: 'Größe 😀' }],
    ['s3://media/uploads/a', { bucket: 'media', key: 'uploads/a' }],
    ['s3://media/uploads//a', { bucket: 'media', key: 'uploads//a' }],
  ])('allows %s', (uri, object) => {
    expect(readableObject({ uri }, ...PLACES)).toEqual(object);
  });

  it('keeps the owner of the bucket', () => {
    const location = { uri: 's3://documents/a', bucketOwner: '123456789012' };
    expect(readableObject(location, ...PLACES)).toEqual({
      bucket: 'documents',
      key: 'a',
      bucketOwner: '123456789012',
    });
  });

  it.each([
    's3://documents',
    's3://documents/',
    's3://media/uploads',
    's3://media/uploads/',
    's3://media/uploads-2/a',
    's3://media//uploads/a',
    's3://media/Uploads/a',
    's3://documents.b/a',
    's3://document/a',
    's3://documents/..',
    's3://documents/.',
    's3://documents/a/../b',
    's3://documents/a/./b',
    's3://documents/../documents/a',
    String.raw`s3://documents/a\..\b`,
    String.raw`s3://documents/..\b`,
    's3://documents/\ud800',
    's3:///documents/a',
    'https://documents/a',
  ])('refuses %s', (uri) => {
    expect(readableObject({ uri }, ...PLACES)).toBeUndefined();
  });

  it('needs a place in every list', () => {
    const readable = (...places: string[][]) => readableObject({ uri: 's3://media/uploads/a' }, ...places);
    expect(readable(['media'], ['media/uploads/'])).toBeDefined();
    expect(readable(['media'], ['media/private/'])).toBeUndefined();
    expect(readable(['media'], [])).toBeUndefined();
    expect(readable([], ['media'])).toBeUndefined();
  });
});
