import { Global, Module, type FactoryProvider, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DrainState } from './drain-state.js';
import type { DualProtocolAdapter } from './dual-protocol.adapter.js';
import type { RequestIntake } from './request-intake.js';
import { Pressure } from './load/pressure.js';
import { ActiveRequests } from './load/active-requests.js';
import { ShedEvents } from './load/shed-events.js';
import { ManagementPort } from './management/management-port.js';
import { Shutdown } from './shutdown.js';

/** What the server knows of itself. It is built before Nest's container, by the adapter. */
const PROVIDERS = [
  ofEntrance(DrainState, ({ drainState }) => drainState),
  ofEntrance(ActiveRequests, ({ requests }) => requests),
  ofEntrance(Pressure, ({ pressure }) => pressure),
  ofEntrance(ShedEvents, ({ sheds }) => sheds),
];

@Global()
@Module({ providers: [...PROVIDERS, Shutdown, ManagementPort], exports: PROVIDERS })
export class ServerModule {}

function ofEntrance<Part>(part: Type<Part>, pick: (entrance: RequestIntake) => Part): FactoryProvider<Part> {
  const useFactory = ({ httpAdapter }: HttpAdapterHost<DualProtocolAdapter>): Part =>
    pick(httpAdapter.intake);
  return { provide: part, inject: [HttpAdapterHost], useFactory };
}
