export * from '@proc/workers';
