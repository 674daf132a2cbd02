module.exports = { ...require('../../jest.preset.js'), displayName: 'ipc-redis' };
