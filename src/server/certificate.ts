import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { EnvironmentError } from '../config/environment.error.js';
import { fileErrorToReason } from '../config/file/read-files.js';
import type { ServerSettings } from '../config/settings.js';
import type { Certificate } from './tls-listener.js';

/** @throws EnvironmentError when a file cannot be read, or the two do not make a certificate */
export function readCertificate(tls: ServerSettings['tls']): Certificate | undefined {
  if (tls === undefined) return undefined;
  const problems: string[] = [];
  const read = (variable: string, path: string): Buffer => {
    try {
      return readFileSync(path);
    } catch (error) {
      problems.push(`${variable}: ${path} ${fileErrorToReason(error)}`);
      return Buffer.alloc(0);
    }
  };
  const certificate = {
    cert: read('TLS_CERT_FILE', tls.certFile),
    key: read('TLS_KEY_FILE', tls.keyFile),
  };
  if (problems.length === 0) problems.push(...certificateProblems(certificate));
  if (problems.length > 0) throw new EnvironmentError(problems);
  return certificate;
}

function certificateProblems(certificate: Certificate): string[] {
  try {
    createSecureContext(certificate);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`TLS_CERT_FILE and TLS_KEY_FILE are no certificate and its key in PEM (${reason})`];
  }
}
