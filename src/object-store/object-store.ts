import { isDeepStrictEqual } from 'node:util';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { S3Settings } from '../config/s3.js';
import { ObjectReads, type ReadOptions, type RequestedObject } from './object-reads.js';
import { S3Connection } from './s3-connection.js';

/** Reads objects of S3 and of servers that speak its language. It calls the endpoint of the settings, and nothing else. */
@Injectable()
export class ObjectStore implements OnModuleDestroy {
  #connection: S3Connection | undefined;

  onModuleDestroy(): void {
    this.#connection?.retire();
  }

  /**
   * The objects in base64, in order. The objects must be readable ones.
   * @throws BedrockException: ValidationException, which names the path, when an object cannot be read
   */
  readAll(
    settings: S3Settings,
    objects: readonly RequestedObject[],
    options: Omit<ReadOptions, 'timeoutMs'>,
  ): Promise<string[]> {
    const connection = this.#connectionOf(settings);
    const reads = new ObjectReads(connection, objects, { ...options, timeoutMs: settings.timeoutMs });
    return connection.use(() => reads.all());
  }

  /** A reload of the configuration that leaves the settings unchanged keeps the connections. */
  #connectionOf(settings: S3Settings): S3Connection {
    const current = this.#connection;
    if (current !== undefined && isDeepStrictEqual(current.settings, settings)) return current;
    current?.retire();
    this.#connection = new S3Connection(settings);
    return this.#connection;
  }
}
