import { NumberList } from '../number-list.js';
import { tokensOf } from '../token-count.js';
import { unusable, type UpstreamError } from '../upstream.error.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** The body of a 200 of `/embeddings`. Servers differ, so nothing of it is certain but what `bodyToEmbeddings` checks. */
interface EmbeddingsBody extends JsonObject {
  readonly data: readonly JsonObject[];
}

export interface EmbeddingsAnswer {
  /** The answer as it came, with NumberLists. */
  readonly body: EmbeddingsBody;
  /** In the order of the inputs, all of one length. */
  readonly vectors: readonly NumberList[];
  /** Of all inputs; undefined when the server does not count them. */
  readonly tokens?: number;
}

const FLOAT_BYTES = 4;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Parsed JSON → the embeddings in it, in the order of the inputs.
 *
 * @param count how many there must be
 * @throws UpstreamError `unusable`
 */
export function bodyToEmbeddings(body: unknown, count: number): EmbeddingsAnswer {
  if (!isBody(body)) throw unusable('an answer without a list of embeddings');
  const { data, usage } = body;
  if (data.length !== count) throw unusable(`${data.length} embeddings for ${count} inputs`);
  const vectors = inOrder(data).map(({ embedding }) => toVector(embedding));
  const dimensions = vectors[0]?.length;
  if (vectors.some(({ length }) => length !== dimensions)) throw unusable('embeddings of different lengths');
  return { body, vectors, tokens: tokensOf(usage) };
}

/** Sorts by `index`. An entry without one has the index of its place. */
function inOrder(data: readonly JsonObject[]): JsonObject[] {
  const sorted: JsonObject[] = [];
  for (const [place, entry] of data.entries()) {
    const index = entry['index'] ?? place;
    const isFree = typeof index === 'number' && data[index] !== undefined && sorted[index] === undefined;
    if (!isFree) throw unusable('embeddings whose indexes are not those of the inputs');
    sorted[index] = entry;
  }
  return sorted;
}

function toVector(embedding: unknown): NumberList {
  if (embedding instanceof NumberList) return embedding;
  if (typeof embedding === 'string') return base64ToVector(embedding);
  if (!Array.isArray(embedding) || embedding.length === 0)
    throw unusable('an embedding that is no list of numbers');
  if (!embedding.every(isFiniteNumber)) throw unusable('an embedding with a value that is no number');
  return NumberList.from(embedding);
}

/** Base64 of little-endian float32, as some servers send although floats were asked for. */
function base64ToVector(base64: string): NumberList {
  if (!BASE64.test(base64)) throw brokenBase64();
  const bytes = Buffer.from(base64, 'base64');
  const dimensions = bytes.length / FLOAT_BYTES;
  if (dimensions === 0 || !Number.isInteger(dimensions)) throw brokenBase64();
  const values = Array.from({ length: dimensions }, (_, index) => bytes.readFloatLE(index * FLOAT_BYTES));
  if (!values.every((value) => Number.isFinite(value)))
    throw unusable('an embedding with a value that is no number');
  return NumberList.from(values);
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function brokenBase64(): UpstreamError {
  return unusable('an embedding that is no base64 of 32 bit floats');
}

function isBody(body: unknown): body is EmbeddingsBody {
  if (!isObject(body)) return false;
  const data = body['data'];
  return Array.isArray(data) && data.every(isObject);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
