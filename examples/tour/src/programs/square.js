process.on('message', ({ id, value }) => process.send({ id, answer: value ** 2 }));
