/** The segments after `s3://`. The pattern of the request's `uri` allows nothing else in the bucket's name. */
const OBJECT_URI = /^s3:\/\/([^/]+)\/(.+)$/s;

/** Some stores keep objects as files, also on systems whose separator is a backslash. */
const SEPARATOR = /[/\\]/;

/** An object that may be read. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
  /** AWS account that must own the bucket. */
  readonly bucketOwner?: string;
}

/**
 * The members of an `s3Location` → the object, if it lies in one of the places: `bucket` or `bucket/prefix/`. Otherwise,
 * and for a key that has a segment `.` or `..` or cannot be written as UTF-8, undefined.
 */
export function readableObject(
  { uri, bucketOwner }: { readonly uri: string; readonly bucketOwner?: string | null },
  ...places: readonly (readonly string[])[]
): ObjectLocation | undefined {
  const [, bucket, key] = OBJECT_URI.exec(uri) ?? [];
  if (bucket === undefined || key === undefined || !key.isWellFormed() || hasDotSegment(key))
    return undefined;
  const path = `${bucket}/${key}`;
  if (!places.every((buckets) => buckets.some((place) => isWithin(path, place)))) return undefined;
  return { bucket, key, ...(bucketOwner != null && { bucketOwner }) };
}

function hasDotSegment(key: string): boolean {
  return key.split(SEPARATOR).some((segment) => segment === '.' || segment === '..');
}

/** A prefix ends with a slash, and is not an object itself. */
function isWithin(path: string, place: string): boolean {
  const start = place.endsWith('/') ? place : `${place}/`;
  return path.startsWith(start) && path.length > start.length;
}
