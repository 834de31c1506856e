import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';

const PERFORMANCE_CONFIG_LATENCIES = ['standard', 'optimized'] as const;

export class PerformanceConfigurationDto {
  @IsOptional()
  @Choice(PERFORMANCE_CONFIG_LATENCIES)
  latency?: (typeof PERFORMANCE_CONFIG_LATENCIES)[number];
}
