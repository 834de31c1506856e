import { StartupError } from '../config/startup.error.js';

/** The inspector cannot be opened as it is configured. */
export class InspectorError extends StartupError {
  override readonly name = 'InspectorError';
}
