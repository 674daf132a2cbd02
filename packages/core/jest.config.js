module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'core',
  // These tests take longest: with one worker less than processors, which is the default, half a machine would be idle.
  maxWorkers: '100%',
  // The more memory a process has, the longer it takes to start another one.
  workerIdleMemoryLimit: '512MB',
};
