import { Injectable } from '@nestjs/common';
import { ConfigReloads } from '../../config/config-reloads.js';
import { Metrics } from './metrics.js';

const MS_PER_SECOND = 1000;

/** Whether the last reload of the configuration succeeded, and when the current one was loaded. */
@Injectable()
export class ConfigReloadMetrics {
  constructor(metrics: Metrics, reloads: ConfigReloads) {
    const successful = metrics.gauge('config_last_reload_successful');
    const timestamp = metrics.gauge('config_last_reload_timestamp_seconds');
    reloads.observe(({ at, problems }) => {
      const isSuccessful = problems.length === 0;
      successful.set(isSuccessful ? 1 : 0);
      if (isSuccessful) timestamp.set(at.getTime() / MS_PER_SECOND);
    });
  }
}
