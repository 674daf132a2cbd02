export { PosixDriver } from './posix-driver.js';
export { PosixDriverServiceProvider } from './posix-driver-service-provider.js';
