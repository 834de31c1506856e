import { IsInt, IsOptional, Min } from 'class-validator';

/** Limits of one client. */
export class LimitsDto {
  /** Most requests per minute. */
  @IsOptional()
  @IsInt()
  @Min(1)
  requestsPerMinute?: number;

  /** Most requests at the same time, streams included. */
  @IsOptional()
  @IsInt()
  @Min(1)
  concurrent?: number;
}
