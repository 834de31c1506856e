import { IsInt, IsOptional, Min } from 'class-validator';

/** What one client may take. */
export class LimitsDto {
  /** Requests in any minute. */
  @IsOptional()
  @IsInt()
  @Min(1)
  requestsPerMinute?: number;

  /** Requests at the same time, streams included. */
  @IsOptional()
  @IsInt()
  @Min(1)
  concurrent?: number;
}
