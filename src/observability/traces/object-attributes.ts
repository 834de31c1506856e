import type { Attributes } from '@opentelemetry/api';
import type { ObjectRecord } from '../object-record.js';

/**
 * Attributes of the span of the reads from S3. https://opentelemetry.io/docs/specs/semconv/object-stores/s3/ has the names
 * for one object; those of the span's numbers are the proxy's own.
 */
export function objectAttributes({ objects, bytes, failure }: ObjectRecord): Attributes {
  return {
    'rpc.system': 'aws-api',
    'rpc.service': 'S3',
    'rpc.method': 'GetObject',
    'proxy.s3.objects': objects,
    'proxy.s3.bytes': bytes,
    'error.type': failure,
  };
}
