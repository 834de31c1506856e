import { Injectable } from '@nestjs/common';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { Configurations } from '../../config/configuration.js';
import type { S3Settings } from '../../config/s3.js';
import { Settings } from '../../config/settings.js';
import { ObjectBudget } from '../../object-store/object-budget.js';
import type { RequestedObject } from '../../object-store/object-reads.js';
import { ObjectStore } from '../../object-store/object-store.js';
import { failureCode } from '../../object-store/read-failure.js';
import { ActiveRequest } from '../../server/load/active-request.js';
import { refuseLocation } from '../../translation/request/content/media-source.js';
import { RequestMapper } from '../../translation/request/request.mapper.js';
import type { PathsInRequest } from '../invoke-model/native-report.js';
import type { OperationContext } from '../operation-context.js';
import { mapWithoutContent, refuseBeforeReading } from './refuse-before-reading.js';
import {
  type ObjectContents,
  type ObjectReference,
  referencedObjects,
  refersToObjects,
  withContents,
} from './referenced-objects.js';
import { contentsByLocation, type Places, placesFor, requestedObjects } from './requested-objects.js';

/** A request whose content is partly in S3. */
export interface UnreadRequest {
  readonly request: ConverseRequestDto;
  readonly s3: S3Settings;
  readonly places: Places;
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
    const contents = await this.readChecked(references, unread, context, () => {
      const empty = withContents(unread.request, new Map(references.map(({ location }) => [location, ''])));
      refuseBeforeReading(context.route, (target) => mapWithoutContent(empty, target, this.requestMapper));
    });
    return { request: withContents(unread.request, contents), paths: pathsOf(references) };
  }

  /**
   * As `read`, for a request that is none of Converse.
   * @param check throws when no target takes the request, whatever the content is
   */
  readReferences(
    references: readonly ObjectReference[],
    context: OperationContext,
    check: () => void,
  ): Promise<ObjectContents> {
    const { current } = this.configurations;
    const { s3 } = current;
    if (s3 === undefined) refuseLocation(references[0]?.path ?? '');
    return this.readChecked(references, { s3, places: placesFor(context, s3, current) }, context, check);
  }

  private async readChecked(
    references: readonly ObjectReference[],
    { s3, places }: Pick<UnreadRequest, 's3' | 'places'>,
    context: OperationContext,
    check: () => void,
  ): Promise<ObjectContents> {
    const objects = requestedObjects(references, s3, places);
    check();
    const contents = await this.readAll([...objects.values()], s3, context);
    return contentsByLocation(references, objects, contents);
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
