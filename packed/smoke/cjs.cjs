const smoke = require('./smoke.cjs');

smoke({
  core: require('@proc/core'),
  events: require('@proc/events'),
  pipe: require('@proc/pipe'),
  pool: require('@proc/pool'),
  progress: require('@proc/pool/progress'),
  process: require('@proc/process'),
  testing: require('@proc/testing'),
  cassettes: require('@proc/testing/cassettes'),
  conformance: require('@proc/testing/conformance'),
}).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
