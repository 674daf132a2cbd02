/** Meanings that shells and the C library's `sysexits.h` give to exit codes. */
const POSIX: Readonly<Record<number, string>> = {
  0: 'OK',
  1: 'General error',
  2: 'Misuse of shell builtins',
  64: 'Command line usage error',
  65: 'Data format error',
  66: 'Cannot open input',
  67: 'User unknown',
  68: 'Host name unknown',
  69: 'Service unavailable',
  70: 'Internal software error',
  71: 'System error',
  72: 'Critical system file missing',
  73: 'Cannot create output file',
  74: 'Input/output error',
  75: 'Temporary failure',
  76: 'Remote error in protocol',
  77: 'Permission denied',
  78: 'Configuration error',
  124: 'Timed out (as timeout(1) reports it)',
  126: 'Invoked command cannot execute',
  127: 'Command not found',
  128: 'Invalid exit argument',
};

/** Statuses with which Windows ends programs (`ntstatus.h`); Node gives them as unsigned numbers. */
const WINDOWS: Readonly<Record<number, string>> = {
  0x40010004: 'Terminated by the debugger',
  0xc0000005: 'Access violation',
  0xc0000017: 'Not enough memory',
  0xc000001d: 'Illegal instruction',
  0xc0000094: 'Integer division by zero',
  0xc00000fd: 'Stack overflow',
  0xc0000135: 'A DLL was not found',
  0xc0000139: 'An entry point of a DLL was not found',
  0xc000013a: 'Ended by Ctrl+C',
  0xc0000142: 'A DLL failed to initialize',
  0xc0000374: 'Heap corruption',
  0xc0000409: 'Stack buffer overrun, or abort',
  0xc0000420: 'Assertion failure',
};

/** What an exit code says by itself; `undefined` when it says nothing. No code means two things. */
export function exitCodeText(exitCode: number): string | undefined {
  return POSIX[exitCode] ?? WINDOWS[exitCode];
}
