// Adds the driver to every manager, so that the tests of other packages can run on it: as a set-up file of Jest, and
// (by `register-sources.cjs` of core) in the programs that those tests start.
require('reflect-metadata');
const { ProcessManager, ProcessServiceProvider } = require('@proc/core');
const { PosixDriver } = require('../../src/index.ts');

const { register } = ProcessServiceProvider.prototype;
ProcessServiceProvider.prototype.register = function () {
  register.call(this);
  this.app.extend(ProcessManager, (manager) => manager.extend('posix', () => new PosixDriver()));
};

// Who becomes another user later on may not be able to read it then.
PosixDriver.isSupported();
