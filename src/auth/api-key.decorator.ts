import { SetMetadata, type ExecutionContext } from '@nestjs/common';

const API_KEY = 'apiKey';

/** Marks a controller whose clients may send their bearer key as `x-api-key`, as Anthropic's do. */
export const AcceptsApiKey = (): ClassDecorator => SetMetadata(API_KEY, true);

/** Results by class, because every request asks. */
const byClass = new Map<unknown, boolean>();

export function acceptsApiKey(context: ExecutionContext): boolean {
  const controller = context.getClass();
  let accepts = byClass.get(controller);
  if (accepts === undefined) {
    accepts = Reflect.getMetadata(API_KEY, controller) === true;
    byClass.set(controller, accepts);
  }
  return accepts;
}
