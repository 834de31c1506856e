/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Cameras put a preview and a colour profile before the size of a JPEG: some 64 kB each. */
const MAX_HEADER_BYTES = 256 * 1024;
const BASE64_CHARACTERS_PER_BYTE = 4 / 3;
const MAX_HEADER_CHARACTERS = Math.ceil(MAX_HEADER_BYTES * BASE64_CHARACTERS_PER_BYTE);
/** Of all formats but JPEG. */
const SHORT_HEADER_CHARACTERS = 64;

const JPEG_MARKER = 0xff;
/** Start of frame: all kinds of JPEG. The three codes in between mean other things. */
const FIRST_FRAME = 0xc0;
const LAST_FRAME = 0xcf;
const NO_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/** Base64 of a PNG, JPEG, GIF or WebP → its size; undefined if the first bytes do not tell it. */
export function imageSizeOf(base64: string): ImageSize | undefined {
  const head = Buffer.from(base64.slice(0, SHORT_HEADER_CHARACTERS), 'base64');
  const size = readSize(head, base64);
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
}

function readSize(head: Buffer, base64: string): ImageSize | undefined {
  const signature = head.toString('latin1', 0, 16);
  if (signature.startsWith('\x89PNG\r\n\x1a\n') && signature.endsWith('IHDR')) return sizeOfPng(head);
  if (/^GIF8[79]a/.test(signature)) return sizeOfGif(head);
  if (/^RIFF.{4}WEBPVP8/s.test(signature)) return sizeOfWebp(head);
  if (!signature.startsWith('\xff\xd8')) return undefined;
  return sizeOfJpeg(Buffer.from(base64.slice(0, MAX_HEADER_CHARACTERS), 'base64'));
}

function sizeOfPng(head: Buffer): ImageSize | undefined {
  if (head.length < 24) return undefined;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

function sizeOfGif(head: Buffer): ImageSize | undefined {
  if (head.length < 10) return undefined;
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
}

/** `VP8 ` is lossy, `VP8L` lossless, `VP8X` has further parts. https://developers.google.com/speed/webp/docs/riff_container */
function sizeOfWebp(head: Buffer): ImageSize | undefined {
  if (head.length < 30) return undefined;
  const kind = head.toString('latin1', 12, 16);
  if (kind === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
  if (kind === 'VP8 ') {
    return { width: head.readUInt16LE(26) % 0x4000, height: head.readUInt16LE(28) % 0x4000 };
  }
  const bits = head.readUInt32LE(21);
  return { width: (bits % 0x4000) + 1, height: (Math.floor(bits / 0x4000) % 0x4000) + 1 };
}

/** Goes from segment to segment until the frame begins. */
function sizeOfJpeg(bytes: Buffer): ImageSize | undefined {
  let offset = 2;
  while (offset + 9 <= bytes.length && bytes[offset] === JPEG_MARKER) {
    const code = bytes[offset + 1] ?? 0;
    if (code >= FIRST_FRAME && code <= LAST_FRAME && !NO_FRAMES.has(code)) {
      return { width: bytes.readUInt16BE(offset + 7), height: bytes.readUInt16BE(offset + 5) };
    }
    // a marker may be repeated as padding
    offset += code === JPEG_MARKER ? 1 : 2 + bytes.readUInt16BE(offset + 2);
  }
  return undefined;
}
