import { SetMetadata, type ExecutionContext } from '@nestjs/common';

const PUBLIC = 'public';

/** A controller or route that anybody may call, such as a probe: it neither costs much nor tells much. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** What is known of a handler, which belongs to one class: every request asks again. */
const known = new Map<unknown, boolean>();

export function isPublic(context: ExecutionContext): boolean {
  const handler = context.getHandler();
  let answer = known.get(handler);
  if (answer === undefined) {
    answer = [handler, context.getClass()].some((target) => Reflect.getMetadata(PUBLIC, target) === true);
    known.set(handler, answer);
  }
  return answer;
}
