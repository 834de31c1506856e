import { Base64Data } from '../../../openai/base64-data.js';
import type { ContentPart } from '../../../openai/chat-completion.js';
import type { Dialect } from '../../../openai/dialect.js';
import { UnreadDocument } from '../unread-document.js';
import type { RequestContext } from '../request-context.js';

/** `%PDF-` in base64, without the last digit, which also depends on the next byte. */
const PDF_SIGNATURE = 'JVBERi0';

export function isPdf(base64: string): boolean {
  return base64.startsWith(PDF_SIGNATURE);
}

/**
 * A PDF in base64 → the content part in which the upstream accepts it.
 * @throws ValidationException when the upstream accepts no PDF
 */
export function pdfToContentPart(
  name: string,
  base64: string,
  path: string,
  { dialect }: RequestContext,
): ContentPart {
  return PARTS[dialect.pdf](name, base64, path);
}

const PARTS: Record<Dialect['pdf'], (name: string, base64: string, path: string) => ContentPart> = {
  file: (name, base64) => ({ type: 'file', file: { filename: `${name}.pdf`, file_data: dataUri(base64) } }),
  document_url: (name, base64) => {
    return { type: 'document_url', document_url: dataUri(base64), document_name: `${name}.pdf` };
  },
  none: (_name, _base64, path) => {
    throw new UnreadDocument(path, 'the upstream takes no PDF documents. Send the text of the document.');
  },
};

function dataUri(base64: string): Base64Data {
  return new Base64Data(base64, 'application/pdf');
}
