import { ServiceProvider } from '@proc/process';
import { Display } from './display.js';
import { Scratch } from './scratch.js';

/** Brings what the demo needs, and takes away what it leaves, however the application comes to its shutdown. */
export class DemoServiceProvider extends ServiceProvider {
  override register(): void {
    this.app.singleton(Display, () => new Display());
    this.app.singleton(Scratch, () => new Scratch());
  }

  override shutdown(): void {
    this.app.get(Display).clear();
    this.app.get(Scratch).remove();
  }
}
