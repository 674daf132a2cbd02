import type { ProcessDriver } from './process-driver.js';

/** Makes a driver from its part of the configuration. */
export type DriverFactory = (options: Readonly<Record<string, unknown>>) => ProcessDriver;

/** Wraps a driver. */
export type DriverDecorator = (driver: ProcessDriver) => ProcessDriver;
