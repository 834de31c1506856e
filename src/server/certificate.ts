import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { EnvironmentMistakes } from '../config/environment-mistakes.js';
import { fileErrorToReason } from '../config/file/read-files.js';
import type { ServerSettings } from '../config/settings.js';
import type { Certificate } from './tls-listener.js';

/** @throws EnvironmentMistakes when a file cannot be read, or the two do not make a certificate */
export function readCertificate(tls: ServerSettings['tls']): Certificate | undefined {
  if (tls === undefined) return undefined;
  const mistakes: string[] = [];
  const read = (variable: string, path: string): Buffer => {
    try {
      return readFileSync(path);
    } catch (error) {
      mistakes.push(`${variable}: ${path} ${fileErrorToReason(error)}`);
      return Buffer.alloc(0);
    }
  };
  const certificate = {
    cert: read('TLS_CERT_FILE', tls.certFile),
    key: read('TLS_KEY_FILE', tls.keyFile),
  };
  if (mistakes.length === 0) mistakes.push(...mistakesOf(certificate));
  if (mistakes.length > 0) throw new EnvironmentMistakes(mistakes);
  return certificate;
}

function mistakesOf(certificate: Certificate): string[] {
  try {
    createSecureContext(certificate);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`TLS_CERT_FILE and TLS_KEY_FILE are no certificate and its key in PEM (${reason})`];
  }
}
