import { Injectable } from '@nestjs/common';
import type { Client, Limits } from '../../config/configuration.js';
import { AdmissionGuard } from '../admission.guard.js';

/** A count costs a small part of a request that generates, so a client may ask for this many times as many. */
const COUNTS_PER_REQUEST = 10;
/** Claude Code asks for about thirty counts at once. */
const MIN_CONCURRENT = 32;

/**
 * Admits a request to count tokens. Counts have limits of their own, derived from the client's: so a burst of them is
 * neither refused nor does it use up what the client may generate.
 */
@Injectable()
export class CountAdmissionGuard extends AdmissionGuard {
  protected override permitOf({ name, limits }: Client): { key: string; limits: Limits } {
    const { requestsPerMinute, concurrent } = limits;
    return {
      key: `client-counts:${name}`,
      limits: {
        ...(requestsPerMinute !== undefined && { requestsPerMinute: requestsPerMinute * COUNTS_PER_REQUEST }),
        ...(concurrent !== undefined && { concurrent: Math.max(concurrent, MIN_CONCURRENT) }),
      },
    };
  }
}
