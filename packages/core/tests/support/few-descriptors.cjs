// What happens where there are too few descriptors, as under `ulimit -n 64`.
const { closeSync, openSync, readdirSync } = require('node:fs');

/** How many are open. */
const openDescriptors = () => readdirSync('/proc/self/fd').length;

/** Takes all but some while something is done. */
async function withFew(free, act) {
  const held = [];
  try {
    for (;;) held.push(openSync('/dev/null'));
  } catch {
    // That was the last one.
  }
  for (const descriptor of held.splice(-free)) closeSync(descriptor);
  await act();
  for (const descriptor of held) closeSync(descriptor);
}

module.exports = { openDescriptors, withFew };
