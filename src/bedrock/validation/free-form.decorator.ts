import { Allow } from 'class-validator';
import { setMemberKind } from './dto-members.js';

/** A Smithy document: any JSON value, of any depth. Its content is not validated. */
export function FreeForm(): PropertyDecorator {
  return (target, property) => {
    Allow()(target, property);
    setMemberKind(target, property, { kind: 'free-form' });
  };
}
