import type { DocumentBlockDto, DocumentFormat } from '../../../bedrock/converse/document-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import { DIALECT_NAMES, type DialectName } from '../../../config/dialect-names.js';
import { mapRequest, mapUser, refusalOf } from '../../../../test/support/map-request.js';

const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');
const PDF = base64('%PDF-1.7 …');
const PDF_URI = new Base64Data(PDF, 'application/pdf');

const document = (fields: Partial<DocumentBlockDto> & Pick<DocumentBlockDto, 'source'>) => ({
  document: { name: 'Notes', ...fields },
});

function contentOf(fields: Parameters<typeof document>[0], dialect: DialectName = 'generic'): unknown {
  return mapUser([document(fields)], dialect)[0]?.content;
}

const refused = (fields: Parameters<typeof document>[0], dialect: DialectName = 'generic') =>
  refusalOf(() => mapUser([document(fields)], dialect));

describe('text documents', () => {
  it.each<DocumentFormat>(['txt', 'md', 'csv', 'html'])('%s is inlined', (format) => {
    expect(contentOf({ format, source: { bytes: base64('a;b\nö') } })).toBe(
      `<document name="Notes" format="${format}">\na;b\nö\n</document>`,
    );
  });

  it.each<[string, Parameters<typeof document>[0], string]>([
    ['text as the source', { source: { text: 'T' } }, '<document name="Notes">\nT\n</document>'],
    [
      'text of a format that bytes are refused in',
      { format: 'docx', source: { text: 'T' } },
      '<document name="Notes" format="docx">\nT\n</document>',
    ],
    [
      'content blocks',
      { source: { content: [{ text: 'A' }, { text: 'B' }] } },
      '<document name="Notes">\nA\nB\n</document>',
    ],
    [
      'bytes without a format',
      { source: { bytes: base64('plain') } },
      '<document name="Notes">\nplain\n</document>',
    ],
    [
      'a context',
      { source: { text: 'T' }, context: 'C' },
      '<document name="Notes">\n<context>C</context>\nT\n</document>',
    ],
    [
      'a name with markup',
      { name: 'a"<b', source: { text: '<"' } },
      '<document name="a&quot;&lt;b">\n<"\n</document>',
    ],
    [
      'UTF-16, little-endian',
      { format: 'txt', source: { bytes: base64('\ufeffhö', 'utf16le') } },
      '<document name="Notes" format="txt">\nhö\n</document>',
    ],
    [
      'UTF-16, big-endian',
      { format: 'txt', source: { bytes: base64('feff006800f6', 'hex') } },
      '<document name="Notes" format="txt">\nhö\n</document>',
    ],
    [
      'a byte order mark of UTF-8',
      { format: 'txt', source: { bytes: base64('\ufeffh') } },
      '<document name="Notes" format="txt">\nh\n</document>',
    ],
  ])('%s', (_, fields, expected) => {
    expect(contentOf(fields)).toBe(expected);
  });

  it.each<[string, Parameters<typeof document>[0]]>([
    ['declared as text', { format: 'csv', source: { bytes: base64('ff00fe', 'hex') } }],
    ['without a format', { source: { bytes: base64('504b0304ff', 'hex') } }],
    ['cut within a character', { format: 'txt', source: { bytes: base64('61c3', 'hex') } }],
    ['half a UTF-16 unit', { format: 'txt', source: { bytes: base64('fffe61', 'hex') } }],
  ])('bytes that are not text are refused: %s', (_, fields) => {
    expect(refused(fields)).toBe(
      'ValidationException: The value at messages.0.content.0.document.source.bytes is invalid: the document is not UTF-8 text.',
    );
  });
});

describe('PDF', () => {
  const file = { type: 'file', file: { filename: 'Notes.pdf', file_data: PDF_URI } };
  const url = { type: 'document_url', document_url: PDF_URI, document_name: 'Notes.pdf' };

  it.each<[DialectName, DocumentFormat | undefined, unknown]>([
    ['generic', 'pdf', file],
    ['openai', 'pdf', file],
    ['openrouter', 'pdf', file],
    ['litellm', undefined, file],
    ['generic', undefined, file],
    ['mistral', 'pdf', url],
  ])('%s, format %s', (dialect, format, expected) => {
    expect(contentOf({ format, source: { bytes: PDF } }, dialect)).toEqual([expected]);
  });

  it('follows its context', () => {
    expect(contentOf({ format: 'pdf', source: { bytes: PDF }, context: 'C' })).toEqual([
      { type: 'text', text: '<context>C</context>' },
      file,
    ]);
  });

  it.each<DialectName>(['vllm', 'sglang', 'llamacpp', 'ollama', 'lmstudio', 'deepseek', 'groq', 'gemini'])(
    'is refused: %s',
    (dialect) => {
      expect(refused({ format: 'pdf', source: { bytes: PDF } }, dialect)).toBe(
        'ValidationException: The value at messages.0.content.0.document is not supported: the upstream takes no PDF documents. Send the text of the document.',
      );
    },
  );
});

describe('Office documents', () => {
  it.each(DIALECT_NAMES)('are refused: %s', (dialect) => {
    for (const format of ['doc', 'docx', 'xls', 'xlsx'] as const) {
      expect(refused({ format, source: { bytes: base64('PK') } }, dialect)).toBe(
        'ValidationException: The value at messages.0.content.0.document.format is not supported: Office documents cannot be read here. Send PDF or text.',
      );
    }
  });
});

describe('citations', () => {
  it.each<[boolean, string[]]>([
    [true, ['messages.0.content.0.document.citations']],
    [false, []],
  ])('enabled: %s', (enabled, ignored) => {
    const content = [document({ source: { text: 'T' }, citations: { enabled } })];
    expect(mapRequest({ messages: [{ role: 'user', content }] }, 'generic', 'reject').ignored).toEqual(
      ignored,
    );
  });
});
