import type { GetObjectCommandOutput, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Settings } from '../config/s3.js';
import { loadInTurns } from './load-in-turns.js';
import type { ObjectLocation } from './object-location.js';

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 3;

/** The client of one object store. The SDK is loaded with the first object. */
export class S3Connection {
  #client: Promise<S3Client> | undefined;
  #reads = 0;
  #isRetired = false;

  constructor(readonly settings: S3Settings) {}

  /** Runs `read`, during which the connections stay open. */
  async use<Result>(read: () => Promise<Result>): Promise<Result> {
    this.#reads += 1;
    try {
      return await read();
    } finally {
      this.#reads -= 1;
      this.#closeUnused();
    }
  }

  /** @throws the error of the SDK */
  async get(
    { bucket, key, bucketOwner }: ObjectLocation,
    signal: AbortSignal,
  ): Promise<GetObjectCommandOutput> {
    const client = await (this.#client ??= openClient(this.settings));
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, ExpectedBucketOwner: bucketOwner });
    return client.send(command, { abortSignal: signal });
  }

  /** Closes the connections when the last read has ended. */
  retire(): void {
    this.#isRetired = true;
    this.#closeUnused();
  }

  #closeUnused(): void {
    if (!this.#isRetired || this.#reads > 0) return;
    void this.#client?.then(
      (client) => client.destroy(),
      () => undefined,
    );
  }
}

async function openClient(settings: S3Settings): Promise<S3Client> {
  await loadInTurns('@aws-sdk/client-s3');
  const sdk = await import('@aws-sdk/client-s3');
  return new sdk.S3Client(clientConfig(settings));
}

/** Every choice that the SDK would otherwise read from the environment, or take from the name of a bucket, is made here. */
function clientConfig({ endpoint, region, credentials }: S3Settings): S3ClientConfig {
  return {
    endpoint,
    region,
    // the SDK writes into the object
    ...(credentials !== undefined && { credentials: { ...credentials } }),
    forcePathStyle: true,
    followRegionRedirects: false,
    useArnRegion: false,
    useAccelerateEndpoint: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
    // otherwise it computes checksums of whole objects in JavaScript
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS },
  };
}
