import { Injectable } from '@nestjs/common';
import { clientOf } from '../../auth/current-client.js';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { Configurations, type Configuration } from '../../config/configuration.js';
import type { S3Settings } from '../../config/s3.js';
import { Settings } from '../../config/settings.js';
import { ObjectBudget } from '../../object-store/object-budget.js';
import { readableObject } from '../../object-store/object-location.js';
import type { RequestedObject } from '../../object-store/object-reads.js';
import { ObjectStore } from '../../object-store/object-store.js';
import { failureCode } from '../../object-store/read-failure.js';
import { ActiveRequest } from '../../server/load/active-request.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import type { PathsInRequest } from '../invoke-model/native-report.js';
import type { OperationContext } from '../operation-context.js';
import { refuseBeforeReading } from './refuse-before-reading.js';
import {
  type ObjectContents,
  type ObjectReference,
  referencedObjects,
  refersToObjects,
  withContents,
} from './referenced-objects.js';

/** A request whose content is partly in S3. */
export interface UnreadRequest {
  readonly request: ConverseRequestDto;
  readonly s3: S3Settings;
  /** What may be read: every list must allow an object. */
  readonly places: readonly (readonly string[])[];
}

/** The request with `bytes` in place of each `s3Location`. */
export interface ReadRequest {
  readonly request: ConverseRequestDto;
  /** Errors and the report name the `s3Location` in place of the `bytes`, which the client has not sent. */
  readonly paths: PathsInRequest;
}

/** Puts the content of objects in S3 in place of the locations in a request. */
@Injectable()
export class RequestObjects {
  constructor(
    private readonly configurations: Configurations,
    private readonly store: ObjectStore,
    private readonly settings: Settings,
    private readonly requestMapper: RequestMapper,
  ) {}

  /**
   * What has to be read before the request can be translated. Undefined when nothing has to be, or may be: then the
   * translation refuses the locations.
   */
  unread(request: ConverseRequestDto, context: OperationContext): UnreadRequest | undefined {
    const { current } = this.configurations;
    if (current.s3 === undefined || !refersToObjects(request)) return undefined;
    return { request, s3: current.s3, places: placesFor(context, current.s3, current) };
  }

  /**
   * Reads every object once.
   * @throws ValidationException, which names the path, when the client may not read an object, no target takes the
   *   request, or an object cannot be read; BedrockException when the object store fails
   */
  async read(unread: UnreadRequest, context: OperationContext): Promise<ReadRequest> {
    const references = referencedObjects(unread.request);
    const objects = objectsOf(references, unread);
    refuseBeforeReading(
      withContents(unread.request, noContents(references)),
      context.route,
      this.requestMapper,
    );
    const contents = await this.readAll([...objects.values()], unread.s3, context);
    const byKey = new Map([...objects.keys()].map((key, index) => [key, contents[index] ?? '']));
    const byLocation = new Map(
      references.map(({ location }) => [location, byKey.get(keyOf(location)) ?? '']),
    );
    return { request: withContents(unread.request, byLocation), paths: pathsOf(references) };
  }

  private async readAll(
    objects: readonly RequestedObject[],
    s3: S3Settings,
    { exchange, cancellation }: OperationContext,
  ): Promise<string[]> {
    const active = ActiveRequest.of(exchange.request);
    const budget = new ObjectBudget(this.settings.server.maxBodyBytes, (bytes) => active.receive(bytes));
    const startedAtMs = performance.now();
    const record = (bytes: number, failure?: string): void => {
      const durationMs = performance.now() - startedAtMs;
      exchange.s3 = { objects: objects.length, bytes, startedAtMs, durationMs, failure };
    };
    try {
      const contents = await this.store.readAll(s3, objects, { budget, cancellation });
      record(contents.reduce((sum, content) => sum + Buffer.byteLength(content, 'base64'), 0));
      return contents;
    } catch (error) {
      record(0, failureCode(error));
      throw error;
    }
  }
}

function noContents(references: readonly ObjectReference[]): ObjectContents {
  return new Map(references.map(({ location }) => [location, '']));
}

function pathsOf(references: readonly ObjectReference[]): PathsInRequest {
  const given = new Set(references.map(({ path }) => path));
  return {
    reported: [],
    nativePath: (path) => {
      const location = path.replace(/\.bytes$/, '.s3Location');
      return given.has(location) ? location : path;
    },
  };
}

/** Without clients in the configuration everybody may read what the proxy may read. */
function placesFor({ exchange }: OperationContext, s3: S3Settings, { clients }: Configuration): string[][] {
  const places = [[...s3.buckets]];
  if (clients.length > 0) places.push([...(clientOf(exchange.request).s3 ?? [])]);
  return places;
}

/**
 * The different objects of the references. All are checked before any is read, so that a refusal says nothing of what is
 * in the store.
 */
function objectsOf(
  references: readonly ObjectReference[],
  { s3, places }: UnreadRequest,
): Map<string, RequestedObject> {
  const objects = new Map<string, RequestedObject>();
  for (const { location, path } of references) {
    const object = readableObject(location, ...places);
    if (object === undefined) throw unsupported(path, 'this client may not read the location.');
    const key = keyOf(location);
    if (!objects.has(key)) objects.set(key, { location: object, path });
    if (objects.size > s3.maxObjects) {
      throw unsupported(path, `a request may refer to at most ${s3.maxObjects} objects.`);
    }
  }
  return objects;
}

function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`, { path });
}

function keyOf({ uri, bucketOwner }: ObjectReference['location']): string {
  return `${bucketOwner ?? ''} ${uri}`;
}
