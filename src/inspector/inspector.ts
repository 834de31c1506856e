import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Configurations } from '../config/configuration.js';
import { isLoopback } from '../config/host-name.js';
import { Settings } from '../config/settings.js';
import { ManagementPort } from '../server/management/management-port.js';
import { WebPageRule } from '../server/web-page-rule.js';
import { CallRecorder } from './call-recorder.js';
import { InspectorRoutes, PREFIX } from './door/inspector-routes.js';
import { OperatorSessions } from './door/operator-sessions.js';
import { readPageFiles } from './door/page-files.js';
import { InspectorError } from './inspector.error.js';

/** Opens the inspector on the management port, if it is on. */
@Injectable()
export class Inspector implements OnModuleInit {
  constructor(
    private readonly recorder: CallRecorder,
    private readonly settings: Settings,
    private readonly port: ManagementPort,
    private readonly configurations: Configurations,
  ) {}

  /** @throws StartupError when strangers could look, or the key's file is wrong */
  onModuleInit(): void {
    const { recorder, settings, port, configurations } = this;
    const { inspector, management, server } = settings;
    if (inspector === undefined || recorder.store === undefined) return;
    if (inspector.keyFile === undefined && !isLoopback(management.host)) throw unprotected(management.host);
    const routes = new InspectorRoutes({
      store: recorder.store,
      recorder,
      sessions: new OperatorSessions(inspector.keyFile),
      webPages: new WebPageRule(management.host, server.allowedHosts),
      files: readPageFiles(),
      configurations,
      main: () => port.mainServer,
      isTls: server.tls !== undefined,
    });
    this.port.mount(PREFIX, routes.handle);
  }
}

function unprotected(host: string): InspectorError {
  return new InspectorError('Bad configuration', [
    `INSPECTOR needs INSPECTOR_KEY_FILE, because the management port is reachable from outside (${host})`,
  ]);
}
