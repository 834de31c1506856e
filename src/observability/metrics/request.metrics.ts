import { Injectable } from '@nestjs/common';
import { LoadShedder } from '../../server/load/load-shedder.js';
import type { ExchangeResult, Exchange } from '../exchange.js';
import type { GuardrailRecord } from '../guardrail-record.js';
import type { ObjectRecord } from '../object-record.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { collapsePaths } from '../ignored-paths.js';
import { BoundedNames } from './bounded-names.js';
import { Metrics } from './metrics.js';

/** Labels of a request that was shed before its exchange began. */
const SHED_REQUEST = {
  operation: 'unknown',
  status: 503,
  exception: 'ServiceUnavailableException',
} as const;

/** Counts requests, calls, refusals and limits. */
@Injectable()
export class RequestMetrics implements ExchangeListener {
  private readonly requests;
  private readonly bodyBytes;
  private readonly attempts;
  private readonly disconnects;
  private readonly authFailures;
  private readonly ignored;
  private readonly rateLimited;
  private readonly tokenCounts;
  private readonly guardrailFindings;
  private readonly s3Reads;
  private readonly s3ReadBytes;
  private readonly s3Failures = new BoundedNames();
  private readonly parameters = new BoundedNames();

  constructor(metrics: Metrics, exchanges: Exchanges, shedder: LoadShedder) {
    this.requests = metrics.counter('proxy_requests_total');
    this.bodyBytes = metrics.histogram('proxy_request_body_bytes').series({});
    this.attempts = metrics.counter('proxy_upstream_attempts_total');
    this.disconnects = metrics.counter('proxy_client_disconnects_total');
    this.authFailures = metrics.counter('proxy_auth_failures_total');
    this.ignored = metrics.counter('proxy_ignored_parameters_total');
    this.rateLimited = metrics.counter('proxy_rate_limited_total');
    this.tokenCounts = metrics.counter('proxy_token_counts_total');
    this.guardrailFindings = metrics.counter('proxy_guardrail_findings_total');
    this.s3Reads = metrics.counter('proxy_s3_reads_total');
    this.s3ReadBytes = metrics.counter('proxy_s3_read_bytes_total');
    const { active: open } = exchanges;
    metrics.gauge('proxy_requests_in_flight', (gauge) => gauge.set(open.size));
    metrics.gauge('proxy_streams_open', (gauge) => gauge.set(openStreams(open)));
    const shed = metrics.counter('proxy_shed_total');
    shedder.observe((reason, place) => {
      shed.inc({ reason });
      if (place === 'door') this.requests.inc(SHED_REQUEST);
    });
    exchanges.listen(this);
  }

  finished(
    exchange: Exchange,
    { status, exception = '', requestBytes, clientDisconnected }: ExchangeResult,
  ): void {
    const { operation = 'unknown', refusal, report } = exchange;
    this.requests.inc({ operation, status, exception });
    if (requestBytes !== undefined) this.bodyBytes.observe(requestBytes);
    if (clientDisconnected) this.disconnects.inc({ operation });
    if (refusal !== undefined) this.authFailures.inc({ reason: refusal });
    for (const scope of exchange.overLimits) this.rateLimited.inc({ scope });
    if (exchange.tokenCount !== undefined) this.tokenCounts.inc({ count: exchange.tokenCount });
    if (exchange.guardrails !== undefined) this.countFindings(exchange.guardrails);
    if (exchange.s3 !== undefined) this.countObjects(exchange.s3);
    if (report === undefined) return;
    for (const { upstream, outcome = 'aborted' } of report.attempts) {
      this.attempts.inc({ upstream: upstream.name, outcome });
    }
    if (report.ignored.length > 0) this.countIgnored(report.ignored);
  }

  private countObjects({ failure, bytes }: ObjectRecord): void {
    this.s3Reads.inc({ failure: failure === undefined ? '' : this.s3Failures.accept(failure) });
    this.s3ReadBytes.inc({}, bytes);
  }

  private countFindings(records: readonly GuardrailRecord[]): void {
    for (const { guardrail, findings } of records) {
      for (const { policy, action, count } of findings) {
        this.guardrailFindings.inc({ guardrail, policy, action }, count);
      }
    }
  }

  private countIgnored(paths: readonly string[]): void {
    const parameters = new Set(collapsePaths(paths).map((path) => this.parameters.accept(path)));
    for (const parameter of parameters) this.ignored.inc({ parameter });
  }
}

function openStreams(open: Iterable<Exchange>): number {
  let streams = 0;
  for (const { isStream } of open) if (isStream) streams += 1;
  return streams;
}
