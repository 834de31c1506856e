import type { IncomingHttpHeaders } from 'node:http';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { STRUCTURE } from '../../bedrock/validation/rule.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import { GUARDRAIL_MEMBER, type GuardrailBody } from './guardrail-body.js';
import { nativeException } from './native-exception.js';

type HeaderMembers = Pick<
  ConverseRequestDto,
  'guardrailConfig' | 'performanceConfig' | 'requestMetadata' | 'serviceTier'
>;

/** What the headers of a request, and the members of its body that are Bedrock's own, ask for. */
export interface InvokeHeaders {
  /** As members of a Converse request; only those that are asked for. */
  readonly members: HeaderMembers;
  /** Paths of headers that are read, but have no effect. */
  readonly ignored: readonly string[];
  /** A path in `members` → the path of its header, `headers.x-amzn-bedrock-service-tier`; undefined for other paths. */
  nativePath(this: void, conversePath: string): string | undefined;
}

const PREFIX = 'x-amzn-bedrock-';
/** Characters. */
const MAX_METADATA = 8_500;

/** Converse path → the header that it comes from. Of a whole structure the first header that was sent is told. */
const HEADERS: readonly (readonly [conversePath: string, header: string])[] = [
  ['guardrailConfig.guardrailIdentifier', `${PREFIX}guardrailidentifier`],
  ['guardrailConfig.guardrailVersion', `${PREFIX}guardrailversion`],
  ['guardrailConfig.trace', `${PREFIX}trace`],
  ['performanceConfig.latency', `${PREFIX}performanceconfig-latency`],
  ['serviceTier.type', `${PREFIX}service-tier`],
  ['requestMetadata', `${PREFIX}request-metadata`],
];
const PROJECT = `${PREFIX}projectidentifier`;
/** The accepted type of the answer: of a stream, that of its chunks. */
const ACCEPTED = ['accept', `${PREFIX}accept`];
const ACCEPTABLE = /^$|\*\/\*|application\/(?:json|\*|vnd\.amazon\.eventstream)/;

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html#API_runtime_InvokeModel_RequestSyntax
 * @throws ValidationException naming the header
 */
export function readInvokeHeaders(headers: IncomingHttpHeaders, guardrail: GuardrailBody): InvokeHeaders {
  const text = (name: string): string | undefined => headers[name]?.toString();
  const ignored = [
    ...ACCEPTED.filter((name) => !ACCEPTABLE.test(text(name) ?? '')),
    ...(text(PROJECT) === undefined ? [] : [PROJECT]),
  ].map(pathOf);
  const sent = HEADERS.filter(([, header]) => text(header) !== undefined);
  if (sent.length === 0 && !guardrail.isPresent) return { members: {}, ignored, nativePath: () => undefined };
  const nativePath = (path: string): string | undefined => headerPath(path, sent);
  checkGuardrail(text, guardrail);
  try {
    return { members: validated(ConverseRequestDto, toMembers(text, guardrail)), ignored, nativePath };
  } catch (error) {
    throw nativeException(error, (path) => nativePath(path) ?? path);
  }
}

function toMembers(
  text: (name: string) => string | undefined,
  { streamProcessingMode }: GuardrailBody,
): object {
  const [guardrailIdentifier, guardrailVersion, trace, latency, type, metadata] = HEADERS.map(([, header]) =>
    text(header),
  );
  const guardrailConfig = withoutUndefined({
    guardrailIdentifier,
    guardrailVersion,
    trace: trace?.toLowerCase(),
    streamProcessingMode,
  });
  return {
    ...(Object.keys(guardrailConfig).length > 0 && { guardrailConfig }),
    ...(latency !== undefined && { performanceConfig: { latency } }),
    ...(type !== undefined && { serviceTier: { type } }),
    ...(metadata !== undefined && { requestMetadata: parseMetadata(metadata) }),
  };
}

/** The three cases that Bedrock refuses too. */
function checkGuardrail(text: (name: string) => string | undefined, { isPresent }: GuardrailBody): void {
  const [identifier, version] = [`${PREFIX}guardrailidentifier`, `${PREFIX}guardrailversion`];
  const hasIdentifier = text(identifier) !== undefined;
  if (hasIdentifier && text(version) === undefined) {
    throw invalid(pathOf(version), `it is required beside ${identifier}.`);
  }
  if (hasIdentifier) return;
  if (text(version) !== undefined) throw invalid(pathOf(identifier), `it is required beside ${version}.`);
  if (isPresent) throw invalid(GUARDRAIL_MEMBER, `the header ${identifier} names no guardrail.`);
}

function parseMetadata(text: string): unknown {
  const path = pathOf(`${PREFIX}request-metadata`);
  if (text.length > MAX_METADATA) throw invalid(path, `it has more than ${MAX_METADATA} characters.`);
  try {
    const metadata: unknown = JSON.parse(text);
    if (STRUCTURE.accepts(metadata)) return metadata;
  } catch (cause) {
    throw invalid(path, 'it is not JSON.', cause);
  }
  throw invalid(path, 'it is not a JSON object.');
}

/** Of the longest path that is known; of a whole structure, the first header that was sent. */
function headerPath(path: string, sent: typeof HEADERS): string | undefined {
  const [, header] =
    sent.find(([known]) => path === known || path.startsWith(`${known}.`)) ??
    sent.find(([known]) => known.startsWith(`${path}.`)) ??
    [];
  if (header !== undefined) return pathOf(header);
  return path.startsWith('guardrailConfig') ? GUARDRAIL_MEMBER : undefined;
}

function pathOf(header: string): string {
  return `headers.${header}`;
}

function invalid(path: string, reason: string, cause?: unknown): ValidationException {
  return new ValidationException(`The value at ${path} is invalid: ${reason}`, { path, cause });
}

function withoutUndefined(value: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
