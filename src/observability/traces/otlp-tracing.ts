import { diag, DiagLogLevel } from '@opentelemetry/api';
import { Logger } from '@nestjs/common';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { CollectorComplaints } from './collector-complaints.js';

const SERVICE_NAME = 'bedrock-to-openai-proxy';

/**
 * Exports spans to an OTLP collector, in batches, as JSON over HTTP. Only this function loads the packages for it. They
 * read further `OTEL_` variables themselves: headers, timeout and certificates of the exporter, resource attributes.
 * @param endpoint base URL, as in `http://127.0.0.1:4318`
 */
export async function startTracing(endpoint: string): Promise<TracerProvider> {
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  logFailures();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  return new TracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': SERVICE_NAME }))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}

const nothing = (): void => undefined;

/** Logs the errors of OpenTelemetry, such as an unreachable collector. */
function logFailures(): void {
  const logger = new Logger('Traces');
  const complaints = new CollectorComplaints({
    log: (line) => logger.warn(line),
    now: () => performance.now(),
  });
  diag.setLogger(
    { error: complaints.record, warn: complaints.record, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
