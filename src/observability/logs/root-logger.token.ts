/** Injection token of the process's logger, a `Logger` of pino. */
export const ROOT_LOGGER = Symbol('root logger');
