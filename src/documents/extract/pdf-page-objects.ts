import type { PdfFile } from './pdf-file.ts';
import type { Pointer } from './pdfium-functions.ts';

/** In points; the origin is at the lower left. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

type Kind = 'text' | 'path' | 'image' | 'shading';

/** What a page paints, with the place where it paints it. */
export interface PageObject {
  readonly kind: Kind;
  readonly pointer: Pointer;
  readonly box: Box;
  /** Of lengths, from the object to the page. */
  readonly scale: number;
}

/** `a b c d e f` of the PDF reference: x' = ax + cy + e, y' = bx + dy + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const FORM = 5;
const KINDS: ReadonlyMap<number, Kind> = new Map([
  [1, 'text'],
  [2, 'path'],
  [3, 'image'],
  [4, 'shading'],
]);

/** The objects of a page in the order in which they are painted, also those in forms, which are drawings of their own. */
export function* objectsOf(file: PdfFile, page: Pointer): Generator<PageObject> {
  const { functions } = file;
  const count = functions.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index += 1) {
    yield* placed(file, functions.FPDFPage_GetObject(page, index), IDENTITY);
  }
}

function* placed(file: PdfFile, pointer: Pointer, outer: Matrix): Generator<PageObject> {
  const { functions } = file;
  const type = functions.FPDFPageObj_GetType(pointer);
  const kind = KINDS.get(type);
  if (kind !== undefined) {
    const box = boxOf(file, pointer, outer);
    if (box !== undefined) yield { kind, pointer, box, scale: scaleOf(outer) };
    return;
  }
  if (type !== FORM) return;
  const inner = product(matrixOf(file, pointer), outer);
  const count = functions.FPDFFormObj_CountObjects(pointer);
  for (let index = 0; index < count; index += 1) {
    yield* placed(file, functions.FPDFFormObj_GetObject(pointer, index), inner);
  }
}

export function matrixOf(file: PdfFile, pointer: Pointer): Matrix {
  const written = file.floats(6, (at) => file.functions.FPDFPageObj_GetMatrix(pointer, at(0)));
  if (written === undefined) return IDENTITY;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = written;
  return [a, b, c, d, e, f];
}

/** How lengths grow: the square root of how areas do. */
export function scaleOf([a, b, c, d]: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** First the one, then the other. */
function product([a, b, c, d, e, f]: Matrix, [p, q, r, s, t, u]: Matrix): Matrix {
  return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u];
}

function boxOf(file: PdfFile, pointer: Pointer, [a, b, c, d, e, f]: Matrix): Box | undefined {
  const written = file.floats(4, (at) =>
    file.functions.FPDFPageObj_GetBounds(pointer, at(0), at(1), at(2), at(3)),
  );
  if (written === undefined) return undefined;
  const [left = 0, bottom = 0, right = 0, top = 0] = written;
  const corners = [left, right].flatMap((x) => [bottom, top].map((y) => [x, y] as const));
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}
