import type { ImageRequest } from '../../bedrock/images/image-request.js';
import type { Dialect } from '../../openai/dialect.js';
import type { ImageParams } from '../../openai/images/image-params.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { IgnoredMembers } from '../request/ignored-members.js';
import { isReservedField } from '../request/reserved-fields.js';

/** Servers that have `output_format`. */
const WITH_OUTPUT_FORMAT: ReadonlySet<Dialect['name']> = new Set<Dialect['name']>(['openai', 'azure']);

/** These models have other words for quality than DALL-E, whose words compatible servers use. */
const GPT_IMAGE = /(?:^|\/)(?:chat)?gpt-image/;

/** A request → the body of the upstream request. */
export function toImageParams(
  { prompt, count, width, height, isPremium, outputFormat, paths }: ImageRequest,
  { model, dialect, extraBody }: UpstreamTarget,
  ignored: IgnoredMembers,
): ImageParams {
  const hasFormat = outputFormat !== undefined && WITH_OUTPUT_FORMAT.has(dialect.name);
  if (outputFormat !== undefined && !hasFormat) ignored.parameter(paths.outputFormat ?? '');
  const extra = Object.entries(extraBody).filter(([name]) => !isReservedField(name));
  return {
    ...Object.fromEntries(extra),
    model,
    prompt,
    ...(count !== undefined && { n: count }),
    ...(width !== undefined && height !== undefined && { size: `${width}x${height}` }),
    ...(isPremium && { quality: GPT_IMAGE.test(model) ? 'high' : 'hd' }),
    ...(hasFormat && { output_format: outputFormat }),
    response_format: 'b64_json',
  };
}
