import { SetMetadata, type ExecutionContext } from '@nestjs/common';

const PUBLIC = 'public';

/** Marks a controller or route that needs no authentication, such as a probe: cheap and without secrets. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** Results by handler, because every request asks. A handler belongs to one class. */
const publicByHandler = new Map<unknown, boolean>();

export function isPublic(context: ExecutionContext): boolean {
  const handler = context.getHandler();
  let answer = publicByHandler.get(handler);
  if (answer === undefined) {
    answer = [handler, context.getClass()].some((target) => Reflect.getMetadata(PUBLIC, target) === true);
    publicByHandler.set(handler, answer);
  }
  return answer;
}
