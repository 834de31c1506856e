import { IsInt, IsOptional, Min } from 'class-validator';

export class LimitsDto {
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
