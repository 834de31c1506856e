import { IsIn, IsInt, Max, Min } from 'class-validator';
import { ServiceVariables } from './service-variables.js';
import { Milliseconds, Numeric } from './variable-kinds.js';

/** Variables about reading documents. */
export abstract class DocumentVariables extends ServiceVariables {
  @Numeric()
  @IsInt()
  @Min(1)
  @Max(64)
  DOCUMENT_WORKERS = 1;

  @Numeric()
  @IsInt()
  @Min(32)
  DOCUMENT_MEMORY_MB = 256;

  @Milliseconds()
  DOCUMENT_TIMEOUT_MS = 30_000;

  @Numeric()
  @IsInt()
  @Min(1)
  DOCUMENT_MAX_WAITING = 32;

  @Numeric()
  @Min(0)
  DOCUMENT_CACHE_MB = 16;

  @Numeric()
  @IsInt()
  @Min(1)
  DOCUMENT_MAX_PAGES = 500;

  @Numeric()
  @IsInt()
  @Min(1)
  DOCUMENT_MAX_PAGE_IMAGES = 20;

  @Numeric()
  @IsInt()
  @Min(1)
  DOCUMENT_MAX_CELLS = 200_000;

  @Numeric()
  @IsInt()
  @Min(1)
  DOCUMENT_MAX_CHARACTERS = 2_000_000;

  @Numeric()
  @Min(1)
  DOCUMENT_MAX_EXPANDED_MB = 128;

  @IsIn(['refuse', 'truncate'])
  DOCUMENT_ON_LIMIT: 'refuse' | 'truncate' = 'refuse';
}
