import type {
  EmbeddingInput,
  EmbeddingRequest,
  QuantizedType,
} from '../../bedrock/embeddings/embedding-request.js';
import type { Dialect } from '../../openai/dialect.js';
import type { EmbeddingParams } from '../../openai/embeddings/embedding-params.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { invalid, unsupported } from '../request/refuse.js';
import type { IgnoredMembers } from '../request/ignored-members.js';
import { isReservedField } from '../request/reserved-fields.js';
import { chatInput, listInput } from './embedding-inputs.js';
import { settingsOf } from './embedding-settings.js';

/** One upstream request: params and how many embeddings they ask for. */
export interface EmbeddingCall {
  readonly params: EmbeddingParams;
  readonly count: number;
}

/** The upstream requests for one type of numbers, in the order of the inputs. */
export interface EmbeddingCalls {
  readonly type: 'float' | QuantizedType;
  readonly calls: readonly EmbeddingCall[];
}

/**
 * A request → the upstream requests.
 * @throws ValidationException for images and types that the server does not have
 */
export function toEmbeddingCalls(
  request: EmbeddingRequest,
  target: UpstreamTarget,
  ignored: IgnoredMembers,
): EmbeddingCalls[] {
  const settings = settingsOf(target);
  refuseUnknownTypes(request, settings.outputTypes);
  const common = withExtraBody(commonParams(request, target, ignored), target);
  const batches = toBatches(request, target);
  const types = [...(request.floats ? (['float'] as const) : []), ...request.quantized];
  return types.map((type) => {
    const kind = type === 'float' ? { encoding_format: 'float' } : { output_dtype: type };
    return {
      type,
      calls: batches.map(({ params, count }) => ({ params: { ...common, ...params, ...kind }, count })),
    };
  });
}

type Batch = { readonly params: Pick<EmbeddingParams, 'input' | 'messages'>; readonly count: number };

/** Images that are chat messages go one by one; everything else in batches that the server takes. */
function toBatches(request: EmbeddingRequest, target: UpstreamTarget): Batch[] {
  const { images, maxBatch = Infinity } = settingsOf(target);
  const inputs = withPrefix(request, target);
  const withImage = inputs.find(({ image }) => image !== undefined);
  if (withImage !== undefined && images === 'none') {
    throw unsupported(
      withImage.imagePath ?? '',
      'the upstream embeds no images: see embeddings.images of the model table.',
    );
  }
  if (withImage !== undefined && images === 'messages')
    return inputs.map((input) => ({ params: { messages: [chatInput(input)] }, count: 1 }));
  return inBatches(inputs, maxBatch).map((batch) => ({
    params: { input: listInput(batch) },
    count: batch.length,
  }));
}

/** A list → lists of at most `size` elements, which together are the same list. */
export function inBatches<Element>(elements: readonly Element[], size: number): Element[][] {
  const count = Math.ceil(elements.length / size);
  return Array.from({ length: Math.max(1, count) }, (_, index) =>
    elements.slice(index * size, Math.min(elements.length, (index + 1) * size)),
  );
}

/** Models that were trained with a word before each text get it. */
function withPrefix(
  { inputs, purpose }: EmbeddingRequest,
  target: UpstreamTarget,
): readonly EmbeddingInput[] {
  const prefix = purpose && settingsOf(target).inputTypes[purpose];
  if (prefix === undefined) return inputs;
  return inputs.map((input) => (input.text === undefined ? input : { ...input, text: prefix + input.text }));
}

function commonParams(
  request: EmbeddingRequest,
  target: UpstreamTarget,
  ignored: IgnoredMembers,
): EmbeddingParams {
  const { model, dialect } = target;
  return {
    model,
    ...purposeParams(request, target, ignored),
    ...dimensionParams(request, target),
    ...lengthParams(request, dialect, ignored),
  };
}

function purposeParams(
  { purpose, paths }: EmbeddingRequest,
  target: UpstreamTarget,
  ignored: IgnoredMembers,
): { input_type?: string } {
  if (purpose === undefined) return {};
  const { inputTypes, inputTypeValues } = settingsOf(target);
  const value = inputTypeValues[purpose];
  if (value !== undefined) return { input_type: value };
  // required by the native formats, so no reason to refuse the request
  if (inputTypes[purpose] === undefined) ignored.hint(paths.purpose ?? '');
  return {};
}

function dimensionParams(
  { dimensions, paths }: EmbeddingRequest,
  target: UpstreamTarget,
): { dimensions?: number } {
  const setting = settingsOf(target).dimensions;
  if (dimensions === undefined || setting === 'cut') return {};
  if (setting === 'refuse')
    throw unsupported(paths.dimensions ?? '', 'the number of dimensions of this model is fixed.');
  return { dimensions };
}

/** Without truncation the server refuses a text that is too long. */
function lengthParams(
  { truncation, maxTokens, paths }: EmbeddingRequest,
  { truncatesInputs }: Dialect,
  ignored: IgnoredMembers,
): object {
  if (truncation !== undefined && truncatesInputs) {
    const side = truncation === 'start' ? 'left' : 'right';
    return { truncate_prompt_tokens: maxTokens ?? -1, truncation_side: side };
  }
  if (truncation !== undefined) ignored.parameter(paths.truncation ?? '');
  if (maxTokens !== undefined) ignored.parameter(paths.maxTokens ?? '');
  return {};
}

function withExtraBody(params: EmbeddingParams, { extraBody }: UpstreamTarget): EmbeddingParams {
  const extra = Object.entries(extraBody).filter(([name]) => !isReservedField(name) && !OWN_FIELDS.has(name));
  return { ...Object.fromEntries(extra), ...params };
}

const OWN_FIELDS: ReadonlySet<string> = new Set(['input', 'encoding_format', 'output_dtype']);

function refuseUnknownTypes({ quantized, paths }: EmbeddingRequest, known: readonly QuantizedType[]): void {
  const unknown = quantized.find((type) => !known.includes(type));
  if (unknown === undefined) return;
  throw invalid(
    paths.types ?? '',
    `only a server can give ${unknown}, by the calibration of its model, and this one does not: see embeddings.outputTypes of the model table.`,
  );
}
