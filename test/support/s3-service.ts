import { hash } from 'node:crypto';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { RoutedService, type RoutedFile } from './routed-service.js';
import { S3_VARIABLES, S3Server } from './s3-server.js';
import type { LogDestination } from '../../src/observability/logs/root-logger.js';
import type { Variables } from './proxy.js';

/** What a client of `S3Service` may read. */
const CLIENTS = {
  'team-a': ['media/uploads/', 'documents'],
  'team-b': ['media/uploads/team-b/'],
  'team-c': undefined,
} as const;

export type ClientName = keyof typeof CLIENTS;

/** Content of the objects that every test finds. */
export const OBJECTS = {
  'media/uploads/cat.png': Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'),
  'media/uploads/team-b/dog.png': Buffer.from('dog'),
  'media/uploads/clip.mp4': Buffer.from('clip'),
  'media/uploads/voice.wav': Buffer.from('voice'),
  'media/private.png': Buffer.from('private'),
  'documents/Übersicht 50% + 1.txt': Buffer.from('Größe: 3'),
  'documents/letter.pdf': Buffer.from('%PDF-1.7 letter'),
  'documents/empty.txt': Buffer.alloc(0),
  'secrets/key.png': Buffer.from('key'),
} as const;

const FILE: RoutedFile = {
  upstreams: { vllm: { dialect: 'vllm', maxRetries: 0 }, generic: { maxRetries: 0 } },
  models: [
    { match: '*generic*', route: [{ upstream: 'generic', model: 'm' }] },
    { match: '*', route: [{ upstream: 'vllm', model: 'm' }, { upstream: 'generic' }] },
  ],
};

/** The proxy with clients that may read from an S3-compatible server. */
export class S3Service implements AsyncDisposable {
  readonly #clients = new Map<ClientName, BedrockRuntimeClient>();

  private constructor(
    readonly proxy: RoutedService,
    readonly store: S3Server,
  ) {}

  /** @param members of the configuration file, in place of the usual ones */
  static async start(
    members: Partial<RoutedFile> & { readonly s3Members?: object } = {},
    variables: Variables = {},
    log?: LogDestination,
  ): Promise<S3Service> {
    const store = await S3Server.start('media', 'documents', 'secrets');
    for (const [path, content] of Object.entries(OBJECTS)) {
      const [bucket = '', ...key] = path.split('/');
      await store.put(bucket, key.join('/'), content);
    }
    store.record();
    const { s3Members, ...file } = members;
    const s3 = { ...store.member('media/uploads/', 'documents'), ...s3Members };
    const clients = Object.entries(CLIENTS).map(([name, readable]) => ({
      name,
      bearerSha256: hash('sha256', name),
      s3: readable,
    }));
    const proxy = await RoutedService.start(
      { ...FILE, s3, clients, ...file },
      { ...S3_VARIABLES, ...variables },
      log,
    );
    return new S3Service(proxy, store);
  }

  /** The official SDK with the client's key. */
  client(name: ClientName): BedrockRuntimeClient {
    const known = this.#clients.get(name);
    if (known !== undefined) return known;
    const client = new BedrockRuntimeClient({
      endpoint: this.proxy.proxy.url,
      region: 'us-east-1',
      token: { token: name },
      authSchemePreference: ['httpBearerAuth'],
      maxAttempts: 1,
    });
    this.#clients.set(name, client);
    return client;
  }

  /** Forgets the requests to upstreams and store. */
  reset(): void {
    this.store.requests.length = 0;
    for (const name of ['vllm', 'generic']) this.proxy.upstream(name).requests.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients.values()) client.destroy();
    await this.proxy[Symbol.asyncDispose]();
    await this.store[Symbol.asyncDispose]();
  }
}
