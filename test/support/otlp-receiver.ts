import { ScriptedUpstream, startScriptedUpstream, type RecordedRequest } from './scripted-upstream.js';

/** A span as an OTLP collector receives it, its attributes as a record. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 2: server, 3: client. */
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  /** 2: error. */
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface WireSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: WireAttribute[];
  status: { code: number };
}
type WireValue = Record<string, unknown> & { arrayValue?: { values: WireValue[] } };
interface WireAttribute {
  key: string;
  value: WireValue;
}
interface WireBody {
  resourceSpans: { resource: { attributes: WireAttribute[] }; scopeSpans: { spans: WireSpan[] }[] }[];
}

/** An OpenTelemetry collector that records the spans that it gets. */
export class OtlpReceiver implements AsyncDisposable {
  private constructor(private readonly server: ScriptedUpstream) {}

  static async start(): Promise<OtlpReceiver> {
    return new OtlpReceiver(
      await startScriptedUpstream((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      }),
    );
  }

  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  get endpoint(): string {
    return this.server.origin;
  }

  get requests(): readonly RecordedRequest[] {
    return this.server.requests;
  }

  get resource(): Record<string, unknown> {
    return toRecord(this.bodies[0]?.resourceSpans[0]?.resource.attributes ?? []);
  }

  get spans(): ReceivedSpan[] {
    return this.bodies
      .flatMap(({ resourceSpans }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans.map(toSpan));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }

  private get bodies(): WireBody[] {
    return this.server.requests.map(({ body }) => body as WireBody); // OTLP's JSON
  }
}

function toSpan({ startTimeUnixNano, endTimeUnixNano, attributes, status, ...span }: WireSpan): ReceivedSpan {
  return {
    ...span,
    startMs: Number(startTimeUnixNano) / 1e6,
    endMs: Number(endTimeUnixNano) / 1e6,
    attributes: toRecord(attributes),
    status: status.code,
  };
}

function toRecord(attributes: readonly WireAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, toValue(value)]));
}

function toValue(value: WireValue): unknown {
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(toValue);
  return Object.values(value)[0];
}
