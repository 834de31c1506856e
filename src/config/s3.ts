interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The object store from which `s3Location` is read. */
export interface S3Settings {
  /** Base URL of the server. Buckets are part of the path. */
  readonly endpoint: string;
  readonly region: string;
  /** What may be read: `bucket`, or `bucket/prefix/`. */
  readonly buckets: readonly string[];
  /** Absent: looked up as AWS's SDKs do. */
  readonly credentials?: S3Credentials;
  /** For all objects of one request. */
  readonly timeoutMs: number;
  /** Most objects of one request. */
  readonly maxObjects: number;
}
