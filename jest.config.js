const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { globalOptions, projectOptions } = require('./scripts/jest-options.cjs');

const packages = path.join(__dirname, 'packages');

/** The packages whose tests have nothing to say to those of others; that of the driver `posix` changes their driver. */
const names = readdirSync(packages).filter(
  (name) => name !== 'driver-posix' && existsSync(path.join(packages, name, 'jest.config.js')),
);

/** All of them at once, which leaves no processor idle at the end of each. */
module.exports = {
  ...globalOptions,
  projects: names.map((name) => ({
    ...projectOptions,
    displayName: name,
    rootDir: path.join(packages, name),
  })),
};
