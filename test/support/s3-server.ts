import type { IncomingHttpHeaders } from 'node:http';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { TemporaryDirectory } from './temporary-directory.js';

/** The only account of the server. */
const S3_CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** Variables for `S3_MEMBER`. */
export const S3_VARIABLES = {
  S3_KEY: S3_CREDENTIALS.accessKeyId,
  S3_SECRET: S3_CREDENTIALS.secretAccessKey,
};

export interface ObjectRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** An S3-compatible server on a free port of loopback, which keeps its objects in a temporary directory. */
export class S3Server implements AsyncDisposable {
  /** Those of others than the test itself. */
  readonly requests: ObjectRequest[] = [];

  private constructor(
    private readonly server: S3rver,
    private readonly directory: TemporaryDirectory,
    private readonly client: S3Client,
    readonly endpoint: string,
  ) {}

  static async start(...buckets: string[]): Promise<S3Server> {
    const directory = new TemporaryDirectory();
    const server = new S3rver({
      port: 0,
      address: '127.0.0.1',
      directory: directory.path,
      silent: true,
      vhostBuckets: false,
      configureBuckets: buckets.map((name) => ({ name })),
    });
    const { port } = await server.run();
    const endpoint = `http://127.0.0.1:${port}`;
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials: S3_CREDENTIALS,
      forcePathStyle: true,
    });
    return new S3Server(server, directory, client, endpoint);
  }

  /** The member `s3` of a configuration file; `S3_VARIABLES` are its credentials. */
  member(...buckets: string[]): object {
    return {
      endpoint: this.endpoint,
      region: 'us-east-1',
      buckets,
      accessKeyIdEnv: 'S3_KEY',
      secretAccessKeyEnv: 'S3_SECRET',
    };
  }

  async put(bucket: string, key: string, body: Uint8Array | string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  /** Records the requests from now on. */
  record(): void {
    this.server.httpServer.on('request', ({ method = '', url = '', headers }) =>
      this.requests.push({ method, path: url, headers }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    this.server.httpServer.closeAllConnections();
    await this.server.close();
    this.directory[Symbol.dispose]();
  }
}
