import { Global, Logger, Module } from '@nestjs/common';
import { ConfigReloads } from './config-reloads.js';
import { Configurations } from './configuration.js';
import { settingsToConfiguration } from './environment-configuration.js';
import { EnvironmentVariables } from './environment-variables.js';
import { Environment } from './environment.js';
import { FileConfigurations } from './file/file-configurations.js';
import { Settings } from './settings.js';

/** The configuration in force: of `CONFIG_FILE`, or of the environment's one upstream. */
@Global()
@Module({
  providers: [
    ConfigReloads,
    {
      provide: Configurations,
      inject: [Settings, EnvironmentVariables, ConfigReloads],
      useFactory: openConfigurations,
    },
  ],
  exports: [Configurations, ConfigReloads],
})
export class ConfigurationsModule {}

/** @throws ConfigMistakes, so that a bad file stops the start */
async function openConfigurations(
  settings: Settings,
  variables: EnvironmentVariables,
  reloads: ConfigReloads,
): Promise<Configurations> {
  if (settings.configFile === undefined) {
    reloads.report({ at: new Date(), mistakes: [] });
    return { current: settingsToConfiguration(settings.upstream) };
  }
  const sources = { path: settings.configFile, defaults: settings.upstream, variables };
  const configurations = await FileConfigurations.open(sources, reloads);
  warnOfIgnored(settings, configurations);
  return configurations;
}

/** A variable that says what its default says is as good as unset; a key may be one that the file refers to. */
function warnOfIgnored({ upstream }: Settings, { current }: Configurations): void {
  const defaults = new Environment();
  const isKeyUsed = current.upstreams.some(({ apiKey }) => apiKey === upstream.apiKey);
  const ignored = [
    ...(upstream.baseUrl === defaults.OPENAI_API_BASE ? [] : ['OPENAI_API_BASE']),
    ...(upstream.apiKey === undefined || isKeyUsed ? [] : ['OPENAI_API_KEY']),
    ...(upstream.dialect === defaults.OPENAI_DIALECT ? [] : ['OPENAI_DIALECT']),
  ];
  if (ignored.length === 0) return;
  new Logger('Configuration').warn(`CONFIG_FILE is set, so these are ignored: ${ignored.join(', ')}`);
}
