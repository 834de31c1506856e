import type { Client, Configuration } from '../config/configuration.js';

/** Finds the clients of one configuration by access key id or by the digest of a bearer key. */
export class ClientDirectory {
  private static readonly ofConfiguration = new WeakMap<Configuration, ClientDirectory>();
  private readonly byAccessKey = new Map<string, Client>();
  private readonly byBearerDigest = new Map<string, Client>();

  private constructor(readonly configuration: Configuration) {
    for (const client of configuration.clients) {
      if (client.accessKeyId !== undefined) this.byAccessKey.set(client.accessKeyId, client);
      if (client.bearerSha256 !== undefined)
        this.byBearerDigest.set(client.bearerSha256.toLowerCase(), client);
    }
  }

  static of(configuration: Configuration): ClientDirectory {
    let directory = ClientDirectory.ofConfiguration.get(configuration);
    if (directory === undefined) {
      directory = new ClientDirectory(configuration);
      ClientDirectory.ofConfiguration.set(configuration, directory);
    }
    return directory;
  }

  get isEmpty(): boolean {
    return this.configuration.clients.length === 0;
  }

  readonly withAccessKey = (accessKeyId: string): Client | undefined => this.byAccessKey.get(accessKeyId);

  readonly withBearerDigest = (sha256: string): Client | undefined => this.byBearerDigest.get(sha256);
}
