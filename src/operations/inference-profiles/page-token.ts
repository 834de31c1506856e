import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** The last id of a page → the token of the next. */
export function idToPageToken(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** @throws ValidationException for a token that was not given out */
export function pageTokenToId(token: string): string {
  const id = Buffer.from(token, 'base64url').toString();
  if (idToPageToken(id) !== token) throw new ValidationException('The provided nextToken is invalid.');
  return id;
}
