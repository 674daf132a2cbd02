import { ProcEvent } from '@proc/core';

/** Events of a small family: `Barked` and `Meowed` are both `AnimalEvent`s; `Rained` is not. */
export abstract class AnimalEvent extends ProcEvent {
  constructor(readonly animal: string) {
    super();
  }
}

export class Barked extends AnimalEvent {
  override readonly name = 'Barked';
}

export class Meowed extends AnimalEvent {
  override readonly name = 'Meowed';
}

export class Rained extends ProcEvent {
  override readonly name = 'Rained';
}
