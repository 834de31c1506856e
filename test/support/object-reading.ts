import { ObjectBudget } from '../../src/object-store/object-budget.js';
import { ObjectStore } from '../../src/object-store/object-store.js';
import { failureCode } from '../../src/object-store/read-failure.js';
import type { S3Settings } from '../../src/config/s3.js';
import { Cancellation } from '../../src/streaming/cancellation.js';
import { answerText, type ScriptedUpstream, startScriptedUpstream } from './scripted-upstream.js';

export const OBJECT_PATH = 'messages.0.content.0.image.source.s3Location';

const LONG_MS = 60_000;

export interface Reading {
  /** Of the bucket `bucket`. */
  readonly keys?: readonly string[];
  readonly changes?: Partial<S3Settings>;
  readonly cancellation?: Cancellation;
  readonly maxBytes?: number;
  readonly receive?: (bytes: number) => void;
}

/** The object store in front of a server that answers `object` until the test scripts it. */
export class ObjectReading implements AsyncDisposable {
  readonly store = new ObjectStore();

  private constructor(readonly server: ScriptedUpstream) {}

  static async start(): Promise<ObjectReading> {
    return new ObjectReading(await startScriptedUpstream(answerText('object')));
  }

  read({
    keys = ['key'],
    changes,
    cancellation = new Cancellation(),
    maxBytes = 1024,
    receive = () => undefined,
  }: Reading = {}): Promise<string[]> {
    const settings: S3Settings = {
      endpoint: this.server.origin,
      region: 'eu-test-1',
      buckets: ['bucket'],
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
      timeoutMs: LONG_MS,
      maxObjects: 100,
      ...changes,
    };
    const objects = keys.map((key) => ({ location: { bucket: 'bucket', key }, path: OBJECT_PATH }));
    return this.store.readAll(settings, objects, {
      cancellation,
      budget: new ObjectBudget(maxBytes, receive),
    });
  }

  /** Name, message and code of the failure. */
  async failure(reading?: Reading): Promise<readonly [name: string, message: string, code: string]> {
    const error = await this.read(reading).then(
      (contents) => new Error(`read ${contents.join()}`),
      (thrown: unknown) => thrown as Error, // only errors are thrown
    );
    return [error.name, error.message, failureCode(error)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.store.onModuleDestroy();
    await this.server.close();
  }
}
