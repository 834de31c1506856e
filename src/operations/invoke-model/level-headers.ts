import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { OperationReport } from '../../observability/operation-report.js';
import type { RequestedLevel } from '../../routing/service-level.js';

const LATENCY = 'x-amzn-bedrock-performanceconfig-latency';
const TIER = 'x-amzn-bedrock-service-tier';

interface GivenLevel {
  readonly performanceConfig?: ConverseResponse['performanceConfig'];
  readonly serviceTier?: { readonly type: string };
}

type Headers = Readonly<Record<string, string>>;

/** The headers that say which latency and tier an answer had; none if the request asked for neither. */
export function levelHeaders({ performanceConfig, serviceTier }: GivenLevel, asked: RequestedLevel): Headers {
  return {
    ...(asked.performanceConfig != null &&
      performanceConfig !== undefined && { [LATENCY]: performanceConfig.latency }),
    ...(asked.serviceTier != null && serviceTier !== undefined && { [TIER]: serviceTier.type }),
  };
}

/**
 * The same at the beginning of a stream, when only the target is known. A tier that the server decides about is told at
 * the end, by formats that have a word for it.
 */
export function targetLevelHeaders({ attempts }: OperationReport, asked: RequestedLevel): Headers {
  const { latency = 'standard', serviceTier } = attempts.at(-1)?.level ?? {};
  return {
    ...(asked.performanceConfig != null && { [LATENCY]: latency }),
    ...(asked.serviceTier != null && serviceTier !== undefined && { [TIER]: serviceTier }),
  };
}

/** Whether a request asks for a latency or a tier. */
export function asksForLevel({ performanceConfig, serviceTier }: RequestedLevel): boolean {
  return performanceConfig != null || serviceTier != null;
}
