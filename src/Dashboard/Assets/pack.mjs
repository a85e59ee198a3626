// pack.mjs DIST FOLDER: FOLDER/files gets every file of DIST, compressed as browsers ask for it: NAME.br and NAME.gz. The same input gives the same bytes.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [dist, folder] = process.argv.slice(2);
const placeholder = `<!doctype html><html lang="en"><meta charset="utf-8"><title>ipcscope</title><p>The pages are not in this build. The data is at <a href="/api/v1/agents">/api/v1/agents</a>.</p></html>\n`;

function* files(path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* files(inner);
    else yield inner;
  }
}

function pack(name, content) {
  const target = join(folder, "files", name);
  mkdirSync(dirname(target), { recursive: true });
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  writeFileSync(`${target}.br`, brotliCompressSync(content, brotli));
  writeFileSync(`${target}.gz`, gzipSync(content, { level: 9 }));
}

rmSync(folder, { recursive: true, force: true });
if (existsSync(join(dist, "index.html"))) for (const file of files(dist)) pack(relative(dist, file), readFileSync(file));
else pack("index.html", Buffer.from(placeholder));
writeFileSync(join(folder, "packed"), "");
