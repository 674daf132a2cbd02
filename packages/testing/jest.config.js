module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'testing',
  // The longest files wait most of the time: for what a broken driver never does, and for one program after the other.
  maxWorkers: '150%',
};
