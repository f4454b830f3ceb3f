// Adds to package-lock.json the packages of other platforms that npm left out of it: it drops an optional package that
// the registry at hand does not offer, and `npm ci` then refuses the lock. Run it after every `npm install`.
const { readFileSync, writeFileSync } = require('node:fs');

const OS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
};
const CPU = {
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  loong64: 'loong64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'x64',
};
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** What a platform's package says of itself in its name: `@swc/core-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const pick = (table) => words.filter((word) => Object.hasOwn(table, word)).map((word) => table[word]);
  const [os, cpu] = [pick(OS), pick(CPU)];
  if (os.length !== 1 || cpu.length !== 1) return undefined;
  const libc = os[0] === 'linux' ? pick(LIBC) : [];
  return { cpu, ...(libc.length > 0 ? { libc } : {}), os };
}

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const place = `node_modules/${name}`;
    const platform = platformOf(name);
    if (lock.packages[place] || !platform || !/^\d/.test(version)) continue;
    const { cpu, ...rest } = platform;
    lock.packages[place] = { version, cpu, ...(dev ? { dev } : {}), ...rest, optional: true };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added to ${file}`);
