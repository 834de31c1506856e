import { createHash, createHmac } from 'node:crypto';

type Secret = string | ArrayBuffer | ArrayBufferView;

/** Node's digests, with the interface that the official signer expects. */
export class Sha256 {
  private state;

  constructor(private readonly secret?: Secret) {
    this.state = this.start();
  }

  update(data: Uint8Array): void {
    this.state.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.state.digest();
  }

  reset(): void {
    this.state = this.start();
  }

  private start() {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.secret));
  }
}

function bytesOf(secret: Secret): string | Uint8Array {
  if (typeof secret === 'string') return secret;
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}
