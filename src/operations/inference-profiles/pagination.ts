import type { PipeTransform } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** A query string holds text only: makes `maxResults` a number, which the DTO then validates. */
export class PageQueryPipe implements PipeTransform<Record<string, unknown>, Record<string, unknown>> {
  transform(query: Record<string, unknown>): Record<string, unknown> {
    const { maxResults } = query;
    const isNumeric = typeof maxResults === 'string' && /^\d{1,9}$/.test(maxResults);
    return isNumeric ? { ...query, maxResults: Number(maxResults) } : query;
  }
}

/** The last id of a page → the token that requests the next page. */
export function idToPageToken(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** @throws ValidationException for a token that this service did not issue */
export function pageTokenToId(token: string): string {
  const id = Buffer.from(token, 'base64url').toString();
  if (idToPageToken(id) !== token) throw new ValidationException('The provided nextToken is invalid.');
  return id;
}
