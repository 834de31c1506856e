import { Transform } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Max,
  Min,
  registerDecorator,
  type ValidationArguments,
} from 'class-validator';
import { type DialectName, toDialectName } from './dialect-names.js';
import { hostToName } from './host-name.js';
import { toModelMap } from './model-map.js';
import { COUNTING_DIALECTS, isCountingDialect } from './token-counting.js';

const MAX_PORT = 65_535;
/** setTimeout overflows beyond this. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The variables that say which server is called. */
interface DialectVariables {
  readonly CONFIG_FILE?: string;
  readonly OPENAI_DIALECT: DialectName;
}

const FLAGS: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Decimal text → number. Any other value is left unchanged for the validator to report. */
export function Numeric(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value,
  );
}

/** `true` or `false` → boolean. Any other value is left unchanged for the validator to report. */
export function Flag(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => FLAGS.get(value) ?? value)(target, property);
    IsBoolean({ message: `${String(property)} must be true or false` })(target, property);
  };
}

/** Comma-separated hosts → their names without ports. Invalid hosts become undefined, which the validator reports. */
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

/** `glob=model` entries with commas between them → mappings. Any other value becomes undefined, which the validator reports. */
export function ModelMap(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? toModelMap(value) : value))(
      target,
      property,
    );
    IsArray({ message: `${String(property)} must be glob=model entries with commas between them` })(
      target,
      property,
    );
  };
}

/** A dialect's name in any spelling → its own name. Any other value is left unchanged for the validator to report. */
export function Dialect(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => toDialectName(value));
}

/** Refuses `server` for a dialect without an endpoint that counts. With a configuration file the dialect does not matter. */
export function CountedByServer(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'countedByServer',
      target: target.constructor,
      propertyName: String(property),
      options: { message: `$property needs a dialect that can count: ${COUNTING_DIALECTS.join(', ')}` },
      validator: {
        validate: (value: unknown, validated?: ValidationArguments) =>
          value !== 'server' || validated === undefined || canCount(validated.object as DialectVariables),
      },
    });
  };
}

function canCount({ CONFIG_FILE, OPENAI_DIALECT }: DialectVariables): boolean {
  return CONFIG_FILE !== undefined || isCountingDialect(OPENAI_DIALECT);
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
