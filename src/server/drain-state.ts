import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Whether the process is shutting down: set by the first step of a shutdown, before the port closes. */
@Injectable()
export class DrainState implements OnModuleDestroy {
  private draining = false;
  private over = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** The shutdown no longer waits for active requests. */
  get hasEnded(): boolean {
    return this.over;
  }

  onModuleDestroy(): void {
    this.draining = true;
  }

  end(): void {
    this.over = true;
  }
}
