import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** An exception about the Converse request → the same about the native body. Any other error is returned unchanged. */
export function nativeException(error: unknown, nativePath: (conversePath: string) => string): unknown {
  if (!(error instanceof ValidationException) || error.path === undefined) return error;
  const { path, message, brokenRule } = error;
  const native = nativePath(path);
  if (native === path) return error;
  return new ValidationException(replaced(message, path, native), {
    cause: error,
    path: native,
    ...(brokenRule !== undefined && { brokenRule: replaced(brokenRule, path, native) }),
  });
}

/** The path stands between spaces or at the end of a clause. A message without it gets the native path in front. */
function replaced(text: string, path: string, native: string): string {
  const places = new RegExp(`(?<![\\w.])${escaped(path)}(?![\\w]|\\.\\w)`, 'g');
  const changed = text.replace(places, () => native);
  return changed === text ? `${native}: ${text}` : changed;
}

function escaped(text: string): string {
  return text.replaceAll(/\W/g, '\\$&');
}
