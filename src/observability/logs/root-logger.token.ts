/** Injects the one logger of the process, a `Logger` of pino. */
export const ROOT_LOGGER = Symbol('root logger');
