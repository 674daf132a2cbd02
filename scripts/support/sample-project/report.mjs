for (const step of ['read', 'write']) process.send({ step });
process.stdout.write('done\n');
