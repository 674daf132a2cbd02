import type { ProcessDriver } from './process-driver.js';

/** Makes a driver from its part of the configuration. */
export type DriverFactory = (options: Readonly<Record<string, unknown>>) => ProcessDriver;

/** What is said of a driver when it is added. */
export interface DriverRegistration {
  /**
   * Asked each time when nobody says which driver: `true` makes it this one, in place of execa. Of many, the one that
   * was added last is asked first. Default: never.
   */
  readonly preferred?: (() => boolean) | undefined;
}

/** Wraps a driver. */
export type DriverDecorator = (driver: ProcessDriver) => ProcessDriver;
