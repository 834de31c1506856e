import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';

const IP_ADDRESS = 7;

/** A certificate for 127.0.0.1 that clients of this process trust until it is disposed. */
export class TrustedCertificate implements AsyncDisposable {
  private constructor(
    private readonly directory: string,
    private readonly trustedBefore: string[],
  ) {}

  static async create(): Promise<TrustedCertificate> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: IP_ADDRESS, ip: '127.0.0.1' }] },
      ],
    });
    const certificate = new TrustedCertificate(
      await mkdtemp(join(tmpdir(), 'certificate-')),
      getCACertificates('default'),
    );
    await writeFile(certificate.certFile, cert);
    await writeFile(certificate.keyFile, key);
    setDefaultCACertificates([...certificate.trustedBefore, cert]);
    return certificate;
  }

  get certFile(): string {
    return join(this.directory, 'certificate.pem');
  }

  get keyFile(): string {
    return join(this.directory, 'key.pem');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    setDefaultCACertificates(this.trustedBefore);
    await rm(this.directory, { recursive: true });
  }
}
