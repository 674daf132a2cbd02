import { describe, expect, it } from '@jest/globals';
import { hardLimits, hardLimitsIn } from '../../../src/drivers/hard-limits.js';

const TABLE = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              60                   3600                 seconds   
Max processes             96365                96366                processes 
Max open files            1024                 20000                files     
Max address space         unlimited            unlimited            bytes     
`;

describe('hardLimits', () => {
  it('reads the table of Linux', () => {
    expect(hardLimitsIn(TABLE)).toEqual({
      cpuSeconds: 3600,
      memoryBytes: Infinity,
      files: 20_000,
      processes: 96_366,
    });
  });

  it('takes for certain only what is in the table', () => {
    expect(hardLimitsIn('')).toEqual({ cpuSeconds: 0, memoryBytes: 0, files: 0, processes: 0 });
  });

  it('knows ours where there is such a table', () => {
    if (process.platform === 'linux') expect(hardLimits()?.files).toBeGreaterThan(0);
    else expect(hardLimits()).toBeUndefined();
  });
});
