import { SetMetadata, type ExecutionContext } from '@nestjs/common';

const PUBLIC = 'public';

/** A controller or route that anybody may call, such as a probe: it neither costs much nor tells much. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

export function isPublic(context: ExecutionContext): boolean {
  return [context.getHandler(), context.getClass()].some(
    (target) => Reflect.getMetadata(PUBLIC, target) === true,
  );
}
