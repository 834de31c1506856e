import type { PipeTransform } from '@nestjs/common';

/** A query is all text: what counts becomes a number, for the DTO to judge. */
export class PageQueryPipe implements PipeTransform<Record<string, unknown>, Record<string, unknown>> {
  transform(query: Record<string, unknown>): Record<string, unknown> {
    const { maxResults } = query;
    const isNumeric = typeof maxResults === 'string' && /^\d{1,9}$/.test(maxResults);
    return isNumeric ? { ...query, maxResults: Number(maxResults) } : query;
  }
}
