import { describe, expect, it } from '@jest/globals';
import { exitText, signalText } from '../../../src/diagnostics/exit-text.js';

describe('exitText', () => {
  it.each<[number | null, NodeJS.Signals | null, string]>([
    [0, null, 'OK'],
    [1, null, 'General error'],
    [2, null, 'Misuse of shell builtins'],
    [127, null, 'Command not found'],
    [126, null, 'Invoked command cannot execute'],
    [137, null, 'Kill (terminate immediately)'],
    [143, null, 'Termination (request to terminate)'],
    [42, null, 'Unknown error'],
    [255, null, 'Unknown error'],
    [null, 'SIGSEGV', 'Segmentation violation'],
    [75, null, 'Temporary failure'],
    [124, null, 'Timed out (as timeout(1) reports it)'],
    [0xc0000005, null, 'Access violation'],
    [159, null, 'Bad system call'],
    [null, 'SIGPWR', 'SIGPWR'],
    [null, null, ''],
  ])('of code %p and signal %p is %s', (code, signal, text) => {
    expect(exitText(code, signal)).toBe(text);
  });
});

describe('signalText', () => {
  it('is the meaning, or the name where there is none', () => {
    expect(signalText('SIGTERM')).toBe('Termination (request to terminate)');
    expect(signalText('SIGPWR')).toBe('SIGPWR');
  });
});
