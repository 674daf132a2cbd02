// Does not end when it is asked to.
process.on('SIGTERM', () => console.log('stubborn: no'));
setInterval(() => undefined, 1000);
console.log('stubborn: up');
