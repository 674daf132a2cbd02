export { cpuCount, type CpuCount } from './manager/cpu-count.js';
