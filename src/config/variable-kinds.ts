import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsString, Max, Min } from 'class-validator';
import { toDialectName } from './dialect-names.js';
import { hostToName } from './host-name.js';

const MAX_PORT = 65_535;
/** setTimeout overflows beyond this. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const FLAGS: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Base-10 text → number; anything else stays as it is, for the validator to name. */
export function Numeric(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value,
  );
}

/** `true` or `false` → boolean; anything else stays as it is, for the validator to name. */
export function Flag(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => FLAGS.get(value) ?? value)(target, property);
    IsBoolean({ message: `${String(property)} must be true or false` })(target, property);
  };
}

/** Names of hosts between commas → those names; a port counts for nothing. What is no host is left for the validator to name. */
export function HostNames(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.split(',').map((host) => hostToName(host.trim())) : value,
    )(target, property);
    IsString({ each: true, message: `${String(property)} must be host names with commas between them` })(
      target,
      property,
    );
  };
}

/** The name of a dialect, however it is written, to its own; anything else stays as it is, for the validator to name. */
export function Dialect(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => toDialectName(value));
}

export function Port(): PropertyDecorator {
  return (target, property) => {
    Numeric()(target, property);
    IsInt()(target, property);
    Min(0)(target, property);
    Max(MAX_PORT)(target, property);
  };
}

export function Milliseconds(min = 1): PropertyDecorator {
  return (target, property) => {
    Numeric()(target, property);
    IsInt()(target, property);
    Min(min)(target, property);
    Max(MAX_TIMEOUT_MS)(target, property);
  };
}
