// Finishes what it does when it is asked to end.
process.on('SIGTERM', () => {
  console.log('polite: finishing');
  process.exit(0);
});
setInterval(() => undefined, 1000);
console.log('polite: up');
