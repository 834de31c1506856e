import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Whether the process is going away: set by the first step of a shutdown, before the port closes. */
@Injectable()
export class DrainState implements OnModuleDestroy {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  onModuleDestroy(): void {
    this.draining = true;
  }
}
