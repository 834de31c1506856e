import { namedMetadata, type RequestMetadata } from '../bedrock/converse/request-metadata.js';
import type { OperationContext } from './operation-context.js';

/** Records what the configuration names of the metadata of a request. */
export function recordRequestMetadata(
  metadata: RequestMetadata | null | undefined,
  { route: { requestMetadata: settings }, exchange }: OperationContext,
): void {
  if (metadata == null || settings === undefined) return;
  exchange.setRequestMetadata({
    logged: namedMetadata(metadata, settings.log),
    labels: namedMetadata(metadata, settings.label),
  });
}

/** Whether the log or a metric has every key of the metadata. */
export function isRecorded(metadata: RequestMetadata, { route }: Pick<OperationContext, 'route'>): boolean {
  const settings = route.requestMetadata;
  if (settings === undefined) return false;
  return Object.keys(metadata).every((key) => settings.log.includes(key) || settings.label.includes(key));
}
