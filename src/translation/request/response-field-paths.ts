import { invalid } from './refuse.js';

/**
 * `additionalModelResponseFieldPaths`: each is a JSON Pointer (RFC 6901) into the upstream's answer.
 * @throws ValidationException naming the first that is none
 */
export function checkResponseFieldPaths(paths: readonly string[]): void {
  const index = paths.findIndex((path) => !path.startsWith('/') || /~(?![01])/.test(path));
  if (index === -1) return;
  throw invalid(`additionalModelResponseFieldPaths.${index}`, 'provide a JSON Pointer such as /usage.');
}
