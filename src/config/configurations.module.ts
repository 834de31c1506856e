import { Global, Logger, Module } from '@nestjs/common';
import { ConfigReloads } from './config-reloads.js';
import { Configurations } from './configuration.js';
import { settingsToConfiguration } from './environment-configuration.js';
import { EnvironmentVariables } from './environment-variables.js';
import { Environment } from './environment.js';
import { FileConfigurations } from './file/file-configurations.js';
import { Settings } from './settings.js';
import { unreadVariableWarnings } from './unread-variables.js';

/** Provides the current configuration: that of `CONFIG_FILE`, or the environment's one upstream. */
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

/** @throws ConfigFileError for a bad file, which stops the start */
async function openConfigurations(
  settings: Settings,
  variables: EnvironmentVariables,
  reloads: ConfigReloads,
): Promise<Configurations> {
  const logger = new Logger('Configuration');
  const configurations = await configurationsOf(settings, variables, reloads);
  const hasFile = settings.configFile !== undefined;
  const ignored = hasFile ? ignoredBeside(settings, configurations) : [];
  if (ignored.length > 0) logger.warn(`CONFIG_FILE is set, so these are ignored: ${ignored.join(', ')}`);
  if (!hasFile && variables.read('OPENAI_API_BASE') === undefined) {
    logger.warn(`OPENAI_API_BASE is not set, so calls go to ${settings.upstream.baseUrl}`);
  }
  for (const warning of unreadVariableWarnings({ names: variables.unread, hasFile })) logger.warn(warning);
  return configurations;
}

async function configurationsOf(
  settings: Settings,
  variables: EnvironmentVariables,
  reloads: ConfigReloads,
): Promise<Configurations> {
  if (settings.configFile !== undefined) {
    const sources = { path: settings.configFile, defaults: settings.upstream, variables };
    return FileConfigurations.open(sources, reloads);
  }
  reloads.report({ at: new Date(), problems: [] });
  return { current: settingsToConfiguration(settings) };
}

/** The variables that `CONFIG_FILE` overrides: set to another value than the default, and not referred to by the file. */
function ignoredBeside({ upstream, modelMap }: Settings, { current }: Configurations): string[] {
  const defaults = new Environment();
  const isKeyUsed = current.upstreams.some(({ apiKey }) => apiKey === upstream.apiKey);
  return [
    ...(upstream.baseUrl === defaults.OPENAI_API_BASE ? [] : ['OPENAI_API_BASE']),
    ...(upstream.apiKey === undefined || isKeyUsed ? [] : ['OPENAI_API_KEY']),
    ...(upstream.dialect === defaults.OPENAI_DIALECT ? [] : ['OPENAI_DIALECT']),
    ...(modelMap.length === 0 ? [] : ['MODEL_MAP']),
  ];
}
