import type { ChatCompletionParams } from './chat-completion.js';
import type { Dialect } from './dialect.js';

/** Some servers stream unless `stream` is false. */
export function toCompletionParams(params: ChatCompletionParams): ChatCompletionParams {
  return { ...params, stream: false };
}

/** Asks for usage at the end of the stream, and for no obfuscation padding, where the server supports that. */
export function toStreamParams<Params extends Pick<ChatCompletionParams, 'stream_options'>>(
  params: Params,
  dialect: Dialect,
): Params {
  const streamOptions = {
    ...params.stream_options,
    ...(dialect.includeUsage && { include_usage: true }),
    ...(dialect.obfuscationOff && { include_obfuscation: false }),
  };
  return {
    ...params,
    stream: true,
    ...(Object.keys(streamOptions).length > 0 && { stream_options: streamOptions }),
  };
}
