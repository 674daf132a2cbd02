const { NodeDriver } = require('@proc/process');
const { describeConformance } = require('@proc/testing/conformance');

/** The whole suite runs elsewhere: here only that this runner can run it. */
const isTried = (name) => /exit codes|signals apart/.test(name);
const some = (name, ...rest) => (isTried(name) ? it : it.skip)(name, ...rest);

class PoorDriver extends NodeDriver {
  capabilities = { ...new NodeDriver().capabilities, ipc: false };
}

describeConformance({
  driver: () => new PoorDriver(),
  expectedCapabilities: { ipc: false, remote: false },
  describe,
  it: Object.assign(some, { skip: it.skip }),
});
