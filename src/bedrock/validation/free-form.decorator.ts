import { Allow } from 'class-validator';
import { setMemberKind } from './dto-members.js';

/** A Smithy document: any JSON value, of any depth. Nothing below it is looked at. */
export function FreeForm(): PropertyDecorator {
  return (target, property) => {
    Allow()(target, property);
    setMemberKind(target, property, { kind: 'free-form' });
  };
}
