// Reads a list of { file, dashboard } and holds them against Grafana's own types: unknown keys and wrong types are errors.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'types')
mkdirSync(folder, { recursive: true })
const files = JSON.parse(readFileSync(0, 'utf8')).map(({ file, dashboard }) => {
  // Written by hand to the import: not part of a dashboard as Grafana stores it.
  const { __inputs, __elements, __requires, ...stored } = dashboard
  const panels = stored.panels.map((panel) => JSON.stringify(panel) + (panel.type === 'row' ? ' satisfies Json<RowPanel>' : ' satisfies Json<Panel>'))
  const path = join(folder, `${file.replaceAll('/', '-')}.ts`)
  writeFileSync(path, 'import type { Dashboard, Panel, RowPanel } from "@grafana/schema"\n' +
    // JSON has the values of enumerations, not their names.
    'type Json<T> = T extends string ? `${T}` : T extends (infer U)[] ? Json<U>[] : T extends object ? { [K in keyof T]: Json<T[K]> } : T\n' +
    `export const whole = ${JSON.stringify({ ...stored, panels: [] }, null, 1)} satisfies Json<Dashboard>\n` +
    `export const panels = [\n${panels.join(',\n')}\n]\n`)
  return path
})
const program = ts.createProgram(files, { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler })
const found = ts.getPreEmitDiagnostics(program)
for (const one of found) console.log(`${one.file?.fileName.split('/').pop()}:${one.start}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`)
console.log(`${files.length} files`)
process.exit(found.length === 0 ? 0 : 1)
