export {
  progressBar,
  type ProgressBar,
  type ProgressBarOptions,
  type ProgressStream,
} from './progress/progress-bar.js';
