import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { EnvironmentError } from './environment.error.js';
import { Environment } from './environment.js';

/**
 * Variables → a validated Environment. An empty variable counts as unset, because Compose and Kubernetes pass unset
 * variables on as empty.
 * @throws EnvironmentError with all bad variables
 */
export function readEnvironment(variables: Record<string, unknown>): Environment {
  const known = Object.keys(new Environment());
  const set = known.filter((name) => variables[name] !== undefined && variables[name] !== '');
  const environment = plainToInstance(
    Environment,
    Object.fromEntries(set.map((name) => [name, variables[name]])),
    { exposeDefaultValues: true },
  );
  const errors = validateSync(environment, { stopAtFirstError: true });
  if (errors.length === 0) return environment;
  const isFormatBad = errors.some(({ property }) => property === 'LOG_FORMAT');
  throw new EnvironmentError(errors.map(reasonOf), isFormatBad ? undefined : environment.LOG_FORMAT);
}

/** The message names the variable but never its value, which may be a secret. */
function reasonOf({ property, constraints = {} }: ValidationError): string {
  return Object.values(constraints)[0] ?? property;
}
