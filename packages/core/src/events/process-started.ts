import { ProcessEvent } from './process-event.js';

/** A process runs. */
export class ProcessStarted extends ProcessEvent {
  override readonly name = 'ProcessStarted';
}
