import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PACKAGES = 100;
const FILES = 20;

/** Makes 2,000 files of up to 40 kB in 100 directories, as an installation of npm would, always the same ones. */
export async function makeTree(directory) {
  for (let number = 0; number < PACKAGES; number += 1) {
    const folder = join(directory, `package-${number}`, 'dist');
    await mkdir(folder, { recursive: true });
    const writing = Array.from({ length: FILES }, async (_, index) => {
      const line = `export const value${index} = ${number * FILES + index};\n`;
      await writeFile(join(folder, `file-${index}.js`), line.repeat((number * index) % 1000));
    });
    await Promise.all(writing);
  }
  return PACKAGES * FILES;
}
