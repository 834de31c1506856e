import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { clientOf } from '../../auth/current-client.js';
import type { Configuration } from '../../config/configuration.js';
import type { S3Settings } from '../../config/s3.js';
import { readableObject } from '../../object-store/object-location.js';
import type { RequestedObject } from '../../object-store/object-reads.js';
import type { OperationContext } from '../operation-context.js';
import type { ObjectContents, ObjectReference } from './referenced-objects.js';

/** What may be read: every list must allow an object. */
export type Places = readonly (readonly string[])[];

/** Without clients in the configuration everybody may read what the proxy may read. */
export function placesFor(
  { exchange }: OperationContext,
  s3: S3Settings,
  { clients }: Configuration,
): Places {
  const places = [[...s3.buckets]];
  if (clients.length > 0) places.push([...(clientOf(exchange.request).s3 ?? [])]);
  return places;
}

/** The different objects of references, by what makes them different. */
export type RequestedObjects = ReadonlyMap<string, RequestedObject>;

/**
 * All are checked before any is read, so that a refusal says nothing of what is in the store.
 * @throws ValidationException
 */
export function requestedObjects(
  references: readonly ObjectReference[],
  { maxObjects }: S3Settings,
  places: Places,
): RequestedObjects {
  const objects = new Map<string, RequestedObject>();
  for (const { location, path } of references) {
    const object = readableObject(location, ...places);
    if (object === undefined) throw unsupported(path, 'this client may not read the location.');
    const key = keyOf(location);
    if (!objects.has(key)) objects.set(key, { location: object, path });
    if (objects.size > maxObjects) {
      throw unsupported(path, `a request may refer to at most ${maxObjects} objects.`);
    }
  }
  return objects;
}

/** @param contents of the objects, in their order */
export function contentsByLocation(
  references: readonly ObjectReference[],
  objects: RequestedObjects,
  contents: readonly string[],
): ObjectContents {
  const byKey = new Map([...objects.keys()].map((key, index) => [key, contents[index] ?? '']));
  return new Map(references.map(({ location }) => [location, byKey.get(keyOf(location)) ?? '']));
}

function unsupported(path: string, reason: string): ValidationException {
  return new ValidationException(`The value at ${path} is not supported: ${reason}`, { path });
}

function keyOf({ uri, bucketOwner }: ObjectReference['location']): string {
  return `${bucketOwner ?? ''} ${uri}`;
}
