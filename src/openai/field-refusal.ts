import { UpstreamError } from './upstream.error.js';

const REFUSALS_OF_A_FIELD: ReadonlySet<string> = new Set([
  'unsupported_parameter',
  'unknown_parameter',
  'extra_forbidden',
]);

/** Refusals of the field itself by OpenAI, Azure and FastAPI. "max_tokens is too large" is not one. */
const REFUSES_A_FIELD =
  /unsupported[ _]parameter|unrecognized request argument|unknown (?:parameter|field|name)|not supported with this model|extra (?:inputs|fields)|not permitted|unexpected (?:keyword|field|parameter)/i;

/** Whether the error says that the server does not know this field of the request. */
export function refusesField(error: unknown, field: string): boolean {
  if (!(error instanceof UpstreamError)) return false;
  if (error.failure !== 'status' || (error.status !== 400 && error.status !== 422)) return false;
  const isAboutField = error.param === undefined ? error.message.includes(field) : error.param === field;
  if (!isAboutField) return false;
  if (REFUSALS_OF_A_FIELD.has(error.code ?? '') || REFUSALS_OF_A_FIELD.has(error.type ?? '')) return true;
  return REFUSES_A_FIELD.test(error.message);
}
