import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Whether the process is going away: set by the first step of a shutdown, before the port closes. */
@Injectable()
export class DrainState implements OnModuleDestroy {
  private draining = false;
  private over = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** Nothing is waited for any more. */
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
