import { Global, Module, type FactoryProvider, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DrainState } from './drain-state.js';
import type { DualProtocolAdapter } from './dual-protocol.adapter.js';
import type { RequestIntake } from './request-intake.js';
import { Pressure } from './load/pressure.js';
import { ActiveRequests } from './load/active-requests.js';
import { LoadShedder } from './load/load-shedder.js';
import { ManagementPort } from './management/management-port.js';
import { OpenApiDocument } from './management/openapi-document.js';
import { Shutdown } from './shutdown.js';

/** Parts of the `RequestIntake`, which the adapter makes before Nest's container exists. */
const PROVIDERS = [
  partOf(DrainState, ({ drainState }) => drainState),
  partOf(ActiveRequests, ({ requests }) => requests),
  partOf(Pressure, ({ pressure }) => pressure),
  partOf(LoadShedder, ({ shedder }) => shedder),
];

@Global()
@Module({
  providers: [...PROVIDERS, Shutdown, ManagementPort, OpenApiDocument],
  exports: [...PROVIDERS, ManagementPort],
})
export class ServerModule {}

function partOf<Part>(part: Type<Part>, pick: (intake: RequestIntake) => Part): FactoryProvider<Part> {
  const useFactory = ({ httpAdapter }: HttpAdapterHost<DualProtocolAdapter>): Part =>
    pick(httpAdapter.intake);
  return { provide: part, inject: [HttpAdapterHost], useFactory };
}
