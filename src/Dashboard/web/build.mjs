// Builds dist/: hashed scripts and one style sheet, index.html that names them. Fails when the first view is larger than LIMIT.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const LIMIT = 250 * 1024; // bytes after gzip: what a browser loads before the first view stands

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/assets', { recursive: true });
const { metafile } = await build({
  entryPoints: ['src/main.tsx'],
  outdir: 'dist/assets',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  metafile: true,
  legalComments: 'linked',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': '"production"' },
});

const outputs = Object.entries(metafile.outputs);
const main = outputs.find(([, output]) => output.entryPoint === 'src/main.tsx');
const [script, { cssBundle, imports }] = main;
const first = [script, cssBundle, ...imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path)];
const name = (path) => path.replace(/^dist/, '');
const page = readFileSync('src/index.html', 'utf8').replace('%STYLE%', name(cssBundle)).replace('%SCRIPT%', name(script));
writeFileSync('dist/index.html', page);
cpSync('src/icon.svg', 'dist/icon.svg');

const zipped = (path) => gzipSync(readFileSync(path)).length;
const total = [...first, 'dist/index.html', 'dist/icon.svg'].reduce((sum, path) => sum + zipped(path), 0);
for (const [path] of outputs.filter(([path]) => /\.(js|css)$/.test(path))) {
  console.log(`${(zipped(path) / 1024).toFixed(1).padStart(7)} KiB gz  ${first.includes(path) ? 'first' : 'later'}  ${path}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} KiB gz  the first view (at most ${LIMIT / 1024})`);
if (total > LIMIT) {
  console.error('the first view is too large: load what it does not need later, by import()');
  process.exit(1);
}
