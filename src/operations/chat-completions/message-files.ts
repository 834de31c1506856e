import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { DocumentBlockDto, DocumentFormat } from '../../bedrock/converse/document-block.dto.js';
import { isBase64 } from '../../bedrock/validation/blob.decorator.js';
import { listOf, objectOf, textOf } from '../../translation/json-value.js';
import { invalid, unsupported } from '../../translation/request/refuse.js';
import type { PlacedDocument } from '../documents/documents-of.js';
import type { ChatMessageDto } from './chat-completion-request.dto.js';

/** The files in content parts of messages, by their parts. */
export type MessageFiles = ReadonlyMap<unknown, PlacedDocument>;

/** A file as its part holds it. */
interface PartFile {
  /** A data URI, base64, or an address; absent where the part has only the id of an uploaded file. */
  readonly data: string | undefined;
  readonly name: string | undefined;
  /** Path of the data in the part. */
  readonly path: string;
}

const HEAD = /^data:(?<mediaType>[^;,]{0,100})(?:;[^;,]{1,100}){0,5};base64,/;
const MAX_HEAD_CHARACTERS = 700;
/** A file without a name. */
const UNNAMED = 'file';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const FORMAT_OF_MEDIA_TYPE: ReadonlyMap<string, DocumentFormat> = new Map<string, DocumentFormat>([
  ['application/pdf', 'pdf'],
  ['application/msword', 'doc'],
  [`${OFFICE}.wordprocessingml.document`, 'docx'],
  ['application/vnd.ms-excel', 'xls'],
  [`${OFFICE}.spreadsheetml.sheet`, 'xlsx'],
  ['text/csv', 'csv'],
  ['text/html', 'html'],
  ['text/markdown', 'md'],
  ['text/plain', 'txt'],
]);
/** Formats are named as the endings of files are. */
const FORMATS: ReadonlySet<string> = new Set(FORMAT_OF_MEDIA_TYPE.values());

/**
 * The files of messages of some roles as documents. Images, sound and films have no text that could be read.
 * @throws ValidationException for a file of which the request has only the address or the id
 */
export function messageFiles(
  messages: readonly ChatMessageDto[],
  isExamined: (role: string) => boolean,
): MessageFiles {
  const examined = messages.flatMap(({ role, content }, index) =>
    isExamined(role)
      ? listOf(content).flatMap((part, position) => placedFile(part, `messages.${index}.content.${position}`))
      : [],
  );
  return new Map(examined);
}

/** A part and its file; nothing for a part without one. */
function placedFile(part: unknown, path: string): [part: unknown, placed: PlacedDocument][] {
  const file = fileIn(part);
  if (file === undefined) return [];
  const bytesPath = `${path}.${file.path}`;
  const document = toDocument(file, bytesPath);
  return document === undefined ? [] : [[part, { document, path, bytesPath }]];
}

/** A part with a file under another name. */
export function renamedFile(part: unknown, name: string): unknown {
  const { type, file } = objectOf(part) ?? {};
  if (type === 'document_url') return Object.assign({}, part, { document_name: name });
  const members = objectOf(file);
  return members === undefined
    ? Object.assign({}, part, { filename: name })
    : Object.assign({}, part, { file: { ...members, filename: name } });
}

/** The file in a part; undefined for a part of another type. */
export function fileIn(part: unknown): PartFile | undefined {
  const members = objectOf(part) ?? {};
  const { type, file, document_url: url, document_name: name } = members;
  if (type === 'document_url') {
    const { url: inner } = objectOf(url) ?? {};
    return { data: textOf(inner ?? url), name: textOf(name), path: type };
  }
  if (type !== 'file' && type !== 'input_file') return undefined;
  const inner = objectOf(file);
  const { file_data: data, filename } = inner ?? members;
  return {
    data: textOf(data),
    name: textOf(filename),
    path: inner === undefined ? 'file_data' : 'file.file_data',
  };
}

/** Undefined for what is no document. */
function toDocument({ data, name }: PartFile, path: string): DocumentBlockDto | undefined {
  if (data === undefined) throw unseenFile(path);
  const head = HEAD.exec(data.slice(0, MAX_HEAD_CHARACTERS));
  const bytes = head === null ? data : data.slice(head[0].length);
  if (head === null && /^[a-z][a-z0-9+.-]*:/i.test(data)) throw unseenFile(path);
  const mediaType = head?.groups?.['mediaType']?.toLowerCase() ?? '';
  if (/^(?:image|audio|video)\//.test(mediaType)) return undefined;
  if (bytes === '' || !isBase64(bytes)) throw invalid(path, 'it is not valid base64.');
  const format = FORMAT_OF_MEDIA_TYPE.get(mediaType) ?? formatOfName(name);
  return { name: name ?? UNNAMED, ...(format !== undefined && { format }), source: { bytes } };
}

function formatOfName(name = ''): DocumentFormat | undefined {
  const ending = /\.(\w{2,4})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return isFormat(ending) ? ending : undefined;
}

function isFormat(ending: string): ending is DocumentFormat {
  return FORMATS.has(ending);
}

function unseenFile(path: string): ValidationException {
  return unsupported(
    path,
    'the guardrail cannot examine a file that is not in the request. Send it as base64 in file_data.',
  );
}
