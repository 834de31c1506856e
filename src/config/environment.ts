import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { DIALECT_NAMES, type DialectName } from './dialect-names.js';

const MAX_PORT = 65_535;
/** setTimeout overflows beyond this. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Base-10 text → number; anything else stays as it is, for the validator to name. */
function Numeric(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value,
  );
}

function Milliseconds(): PropertyDecorator {
  return (target, property) => {
    Numeric()(target, property);
    IsInt()(target, property);
    Min(1)(target, property);
    Max(MAX_TIMEOUT_MS)(target, property);
  };
}

/** Every environment variable that the proxy reads, with its default. `.env.example` lists the same. */
export class Environment {
  @IsString()
  @IsNotEmpty()
  HOST = '127.0.0.1';

  @Numeric()
  @IsInt()
  @Min(0)
  @Max(MAX_PORT)
  PORT = 8000;

  @Numeric()
  @Min(0.001)
  @Max(512)
  MAX_BODY_MB = 32;

  @ValidateIf((environment: Environment) => environment.TLS_KEY_FILE !== undefined)
  @IsString({ message: 'TLS_CERT_FILE must be set when TLS_KEY_FILE is' })
  TLS_CERT_FILE?: string;

  @ValidateIf((environment: Environment) => environment.TLS_CERT_FILE !== undefined)
  @IsString({ message: 'TLS_KEY_FILE must be set when TLS_CERT_FILE is' })
  TLS_KEY_FILE?: string;

  @IsOptional()
  @IsString()
  CONFIG_FILE?: string;

  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  OPENAI_API_BASE = 'http://127.0.0.1:4000';

  @IsOptional()
  @IsString()
  OPENAI_API_KEY?: string;

  @IsIn(DIALECT_NAMES)
  OPENAI_DIALECT: DialectName = 'generic';

  @Numeric()
  @IsInt()
  @Min(0)
  @Max(10)
  UPSTREAM_MAX_RETRIES = 0;

  @Milliseconds()
  UPSTREAM_CONNECT_TIMEOUT_MS = 5_000;

  @Milliseconds()
  UPSTREAM_TIMEOUT_MS = 600_000;

  @Milliseconds()
  UPSTREAM_FIRST_EVENT_TIMEOUT_MS = 300_000;

  @Milliseconds()
  UPSTREAM_IDLE_TIMEOUT_MS = 120_000;

  @Milliseconds()
  ROUTE_TIMEOUT_MS = 600_000;

  @IsOptional()
  @IsUrl({ protocols: ['redis', 'rediss'], require_protocol: true, require_tld: false })
  REDIS_URL?: string;

  @IsIn(['live', 'buffered'])
  TOOL_CALL_STREAMING: 'live' | 'buffered' = 'live';

  @Numeric()
  @IsInt()
  @Min(0)
  @Max(MAX_TIMEOUT_MS)
  STREAM_KEEPALIVE_MS = 0;

  @IsIn(['ignore', 'reject'])
  UNSUPPORTED_PARAMETERS: 'ignore' | 'reject' = 'ignore';
}

/**
 * Variables → a checked Environment. An empty variable counts as unset, which is how Compose and Kubernetes
 * pass one on.
 * @throws Error with one line that names the first bad variable (never its value, which may be a secret)
 */
export function readEnvironment(variables: Record<string, unknown>): Environment {
  const known = Object.keys(new Environment());
  const set = known.filter((name) => variables[name] !== undefined && variables[name] !== '');
  const environment = plainToInstance(
    Environment,
    Object.fromEntries(set.map((name) => [name, variables[name]])),
    { exposeDefaultValues: true },
  );
  const [mistake] = validateSync(environment, { stopAtFirstError: true });
  if (mistake === undefined) return environment;
  const [reason] = Object.values(mistake.constraints ?? {});
  throw new Error(`Bad configuration: ${reason ?? mistake.property}`);
}
