import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import { EnvironmentVariables } from './environment-variables.js';
import { readEnvironment, type Environment } from './environment.js';
import { Settings } from './settings.js';

const BYTES_PER_MB = 1024 * 1024;

@Module({})
export class ConfigModule {
  /**
   * Settings from the environment and, for what it leaves unset, from `.env`.
   * @throws Error naming the first bad variable
   */
  static forRoot(): DynamicModule {
    let told: Record<string, unknown> = {};
    return {
      module: ConfigModule,
      global: true,
      imports: [
        NestConfigModule.forRoot({
          // what is not in the checked values is unset, though the process may hold it as an empty text
          skipProcessEnv: true,
          validate: (variables) => {
            told = variables;
            return Object.fromEntries(Object.entries(readEnvironment(variables)));
          },
        }),
      ],
      providers: [
        { provide: EnvironmentVariables, useFactory: () => new EnvironmentVariables(told) },
        {
          provide: Settings,
          inject: [ConfigService],
          useFactory: (config: ConfigService<Environment, true>): Settings =>
            settingsFrom((name) => config.get(name, { infer: true })),
        },
      ],
      exports: [Settings, EnvironmentVariables],
    };
  }
}

function settingsFrom(read: <Name extends keyof Environment>(name: Name) => Environment[Name]): Settings {
  const certFile = read('TLS_CERT_FILE');
  const keyFile = read('TLS_KEY_FILE');
  const configFile = read('CONFIG_FILE');
  return {
    server: {
      host: read('HOST'),
      port: read('PORT'),
      maxBodyBytes: Math.floor(read('MAX_BODY_MB') * BYTES_PER_MB),
      ...(certFile !== undefined && keyFile !== undefined && { tls: { certFile, keyFile } }),
    },
    ...(configFile !== undefined && { configFile }),
    upstream: {
      baseUrl: read('OPENAI_API_BASE'),
      apiKey: read('OPENAI_API_KEY'),
      dialect: read('OPENAI_DIALECT'),
      maxRetries: read('UPSTREAM_MAX_RETRIES'),
      connectTimeoutMs: read('UPSTREAM_CONNECT_TIMEOUT_MS'),
      timeoutMs: read('UPSTREAM_TIMEOUT_MS'),
      firstEventTimeoutMs: read('UPSTREAM_FIRST_EVENT_TIMEOUT_MS'),
      idleTimeoutMs: read('UPSTREAM_IDLE_TIMEOUT_MS'),
      toolCallStreaming: read('TOOL_CALL_STREAMING'),
    },
    routeTimeoutMs: read('ROUTE_TIMEOUT_MS'),
    redisUrl: read('REDIS_URL'),
    unsupportedParameters: read('UNSUPPORTED_PARAMETERS'),
    streamKeepaliveMs: read('STREAM_KEEPALIVE_MS'),
  };
}
