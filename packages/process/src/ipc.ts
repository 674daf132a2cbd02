export * from '@proc/ipc';
