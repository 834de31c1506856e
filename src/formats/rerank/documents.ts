import { STRUCTURE } from '../../bedrock/validation/rule.js';
import { invalid } from '../refuse.js';

/**
 * Documents → their texts. Of an object it is its `text`, or the JSON of those members that `fields` names, or of all.
 * @throws ValidationException
 */
export function documentTexts(documents: readonly unknown[], fields?: readonly string[] | null): string[] {
  return documents.map((document, index) => {
    if (typeof document === 'string') return document;
    if (STRUCTURE.accepts(document)) return objectText(document, fields);
    throw invalid(`documents.${index}`, 'a document must be a string or an object.');
  });
}

function objectText(document: Readonly<Record<string, unknown>>, fields?: readonly string[] | null): string {
  const { text } = document;
  if (fields == null) return typeof text === 'string' ? text : JSON.stringify(document);
  const [field] = fields;
  const only = fields.length === 1 && field !== undefined ? document[field] : undefined;
  if (typeof only === 'string') return only;
  return JSON.stringify(
    Object.fromEntries(Object.entries(document).filter(([name]) => fields.includes(name))),
  );
}
