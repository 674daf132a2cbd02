const { manifestOf } = require('./backup.js');

manifestOf(process.argv[2] ?? '.').then(
  (manifest) => console.log(manifest),
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
