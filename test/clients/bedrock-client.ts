import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  type InvokeModelCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { TrustedCertificate } from '../support/certificate.js';
import { Service } from '../support/service.js';

export interface Transport {
  readonly transport: string;
  readonly tls: boolean;
  /** The SDK's default is HTTP/2. */
  readonly http1: boolean;
}

export const TRANSPORTS: readonly Transport[] = [
  { transport: 'cleartext HTTP/2', tls: false, http1: false },
  { transport: 'cleartext HTTP/1.1', tls: false, http1: true },
  { transport: 'HTTP/2 over TLS', tls: true, http1: false },
  { transport: 'HTTP/1.1 over TLS', tls: true, http1: true },
];

export const CLEARTEXT: readonly Transport[] = TRANSPORTS.filter(({ tls }) => !tls);

const CREDENTIALS = { accessKeyId: 'any', secretAccessKey: 'any' };

/** The official SDK, as applications create it. */
export function bedrockClient(
  url: string,
  { http1 }: Pick<Transport, 'http1'> = { http1: false },
  options: BedrockRuntimeClientConfig = {},
): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    ...(http1 && { requestHandler: new NodeHttpHandler() }),
    ...options,
  });
}

/** The body of InvokeModel's answer. */
export function answerJsonOf({ body }: InvokeModelCommandOutput): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}

/** The service, and a client for it over one transport. */
export class ClientAndService implements AsyncDisposable {
  private constructor(
    readonly service: Service,
    readonly client: BedrockRuntimeClient,
    private readonly certificate: TrustedCertificate | undefined,
  ) {}

  static async start(transport: Transport): Promise<ClientAndService> {
    const certificate = transport.tls ? await TrustedCertificate.create() : undefined;
    const service = await Service.start(
      certificate && { TLS_CERT_FILE: certificate.certFile, TLS_KEY_FILE: certificate.keyFile },
    );
    return new ClientAndService(service, bedrockClient(service.url, transport), certificate);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    await this.service[Symbol.asyncDispose]();
    await this.certificate?.[Symbol.asyncDispose]();
  }
}
