import { Global, Module, type FactoryProvider, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DrainState } from './drain-state.js';
import type { DualProtocolAdapter } from './dual-protocol.adapter.js';
import type { Entrance } from './entrance.js';
import { Pressure } from './load/pressure.js';
import { RequestsInFlight } from './load/requests-in-flight.js';
import { Sheds } from './load/sheds.js';
import { ManagementPort } from './management/management-port.js';
import { Shutdown } from './shutdown.js';

/** What the server knows of itself. It is built before Nest's container, by the adapter. */
const PROVIDERS = [
  ofEntrance(DrainState, ({ drainState }) => drainState),
  ofEntrance(RequestsInFlight, ({ requests }) => requests),
  ofEntrance(Pressure, ({ pressure }) => pressure),
  ofEntrance(Sheds, ({ sheds }) => sheds),
];

@Global()
@Module({ providers: [...PROVIDERS, Shutdown, ManagementPort], exports: PROVIDERS })
export class ServerModule {}

function ofEntrance<Part>(part: Type<Part>, pick: (entrance: Entrance) => Part): FactoryProvider<Part> {
  const useFactory = ({ httpAdapter }: HttpAdapterHost<DualProtocolAdapter>): Part =>
    pick(httpAdapter.entrance);
  return { provide: part, inject: [HttpAdapterHost], useFactory };
}
