import type { PdfFile } from './pdf-file.ts';
import { type Box, matrixOf, objectsOf, type PageObject, scaleOf } from './pdf-page-objects.ts';
import type { Pointer } from './pdfium-functions.ts';

/** Text rendering modes (ISO 32000, 9.3.6). */
const STROKED = 1;
const INVISIBLE = 3;

/** The part of a page that pictures cover, from which the page is a scan. */
const SCAN_SHARE = 2 / 3;
/** Nobody reads smaller letters; on larger pages, such as drawings, letters are larger. */
const MIN_FONT_SIZE = 1;
const MIN_FONT_SHARE = 0.001;
/** Of 255, of each colour: as light as paper. */
const WHITE = 250;
const CHANNELS = 4;

/**
 * The text objects of a page that nobody sees: in an invisible mode, without opacity, white on nothing that is darker, too
 * small, or beside the page. On a scan invisible text is what has been recognised in the picture, and counts as seen.
 */
export function hiddenText(file: PdfFile, page: Pointer): ReadonlySet<Pointer> {
  const paper = paperOf(file, page);
  const objects = [...objectsOf(file, page)];
  const isScan = pictureShare(objects, paper) >= SCAN_SHARE;
  const hidden = new Set<Pointer>();
  const behind: PageObject[] = [];
  for (const object of objects) {
    if (object.kind !== 'text') behind.push(object);
    else if (isHidden(file, object, { paper, isScan, behind })) hidden.add(object.pointer);
  }
  return hidden;
}

interface Surroundings {
  readonly paper: Box;
  readonly isScan: boolean;
  /** What has been painted before. */
  readonly behind: readonly PageObject[];
}

function isHidden(file: PdfFile, object: PageObject, { paper, isScan, behind }: Surroundings): boolean {
  const mode = file.functions.FPDFTextObj_GetTextRenderMode(object.pointer);
  if (!overlap(object.box, paper) || isTiny(file, object, paper)) return true;
  if (mode === INVISIBLE) return !isScan;
  const colour = mode === STROKED ? strokeOf(file, object.pointer) : fillOf(file, object.pointer);
  if (colour === undefined) return false;
  if (colour.isTransparent) return true;
  return colour.isWhite && !behind.some((other) => overlap(object.box, other.box) && isDark(file, other));
}

/** What is no colour, such as a pattern or a picture, may be dark. */
function isDark(file: PdfFile, { kind, pointer }: PageObject): boolean {
  if (kind !== 'path') return true;
  const [fillMode = 0] =
    file.integers(2, (at) => file.functions.FPDFPath_GetDrawMode(pointer, at(0), at(1))) ?? [];
  if (fillMode === 0) return false;
  const colour = fillOf(file, pointer);
  return colour === undefined || !(colour.isTransparent || colour.isWhite);
}

function isTiny(file: PdfFile, { pointer, scale }: PageObject, paper: Box): boolean {
  const [size = 0] = file.floats(1, (at) => file.functions.FPDFTextObj_GetFontSize(pointer, at(0))) ?? [];
  const longerSide = Math.max(paper.right - paper.left, paper.top - paper.bottom);
  const smallest = Math.min(MIN_FONT_SIZE, longerSide * MIN_FONT_SHARE);
  return Math.abs(size) * scaleOf(matrixOf(file, pointer)) * scale < smallest;
}

interface Colour {
  readonly isWhite: boolean;
  readonly isTransparent: boolean;
}

function fillOf(file: PdfFile, pointer: Pointer): Colour | undefined {
  return toColour(
    file.integers(CHANNELS, (at) =>
      file.functions.FPDFPageObj_GetFillColor(pointer, at(0), at(1), at(2), at(3)),
    ),
  );
}

function strokeOf(file: PdfFile, pointer: Pointer): Colour | undefined {
  return toColour(
    file.integers(CHANNELS, (at) =>
      file.functions.FPDFPageObj_GetStrokeColor(pointer, at(0), at(1), at(2), at(3)),
    ),
  );
}

function toColour(channels: Int32Array | undefined): Colour | undefined {
  if (channels === undefined) return undefined;
  const alpha = channels[CHANNELS - 1];
  return {
    isWhite: channels.subarray(0, CHANNELS - 1).every((channel) => channel >= WHITE),
    isTransparent: alpha === 0,
  };
}

function paperOf(file: PdfFile, page: Pointer): Box {
  const written = file.floats(4, (at) => file.functions.FPDF_GetPageBoundingBox(page, at(0)));
  const [left = 0, top = 0, right = 0, bottom = 0] = written ?? [];
  return { left, top, right, bottom };
}

/** Of the area of the page. Scans may come in several pictures. */
function pictureShare(objects: readonly PageObject[], paper: Box): number {
  const covered = objects
    .filter(({ kind }) => kind === 'image')
    .reduce((sum, { box }) => sum + areaOf(intersection(box, paper)), 0);
  return covered / areaOf(paper);
}

function intersection(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    bottom: Math.max(one.bottom, other.bottom),
    right: Math.min(one.right, other.right),
    top: Math.min(one.top, other.top),
  };
}

function areaOf({ left, bottom, right, top }: Box): number {
  return Math.max(0, right - left) * Math.max(0, top - bottom);
}

function overlap(one: Box, other: Box): boolean {
  const { left, bottom, right, top } = intersection(one, other);
  return left <= right && bottom <= top;
}
