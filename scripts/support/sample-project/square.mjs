process.on('message', ({ id, value }) => process.send({ id, value: value ** 2 }));
