// Reads published runtime images and prints their rows, which stand for them where they cannot be read; with --write it
// replaces the rows of the same runtime and architecture in src/lambda/runtime-rows/scanned.ts. Images that are not in
// the local engine are pulled.
//   node scripts/node24.mjs scripts/runtime-rows.ts [--write] <image>…
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dockerImageFiles } from '../src/adapters/docker-export.ts'
import { dockerImages } from '../src/adapters/docker-images.ts'
import { gather } from '../src/inspect/gather.ts'
import { scannedRow } from '../src/inspect/scanned-row.ts'
import { runtimeOfBaseImage } from '../src/lambda/base-image-name.ts'
import { SCANNED_ROWS } from '../src/lambda/runtime-rows/scanned.ts'
import type { ScannedRow } from '../src/lambda/runtime-rows/scanned-row.ts'
import type { Log } from '../src/ports/log.ts'

/** Reads one image, pulled when the engine lacks it. Throws when it is no runtime image. */
export async function readRow(reference: string, scanned: string, log: Log = quiet): Promise<ScannedRow> {
  const signal = new AbortController().signal
  const images = dockerImages({ signal, log })
  if ((await images.inspect(reference)) === undefined) await images.pull(reference)
  const evidence = await gather(
    { reference },
    { images, imageFiles: dockerImageFiles({ runId: randomUUID(), signal, log }) },
  )
  const row = scannedRow(evidence, scanned, runtimeOfBaseImage(reference))
  if (row === undefined) throw new Error(`${reference} is no runtime image: it shows no runtime, or no system.`)
  return row
}

/** `rows` with `read` in place of those of the same runtime and architecture, in the order of their names. */
export function withRows(rows: readonly ScannedRow[], read: readonly ScannedRow[]): readonly ScannedRow[] {
  const key = ({ runtime, architecture }: ScannedRow) => `${runtime} ${architecture}`
  const byKey = new Map([...rows, ...read].map((row) => [key(row), row]))
  return [...byKey.keys()].sort().flatMap((name) => byKey.get(name) ?? [])
}

/** Text of scanned.ts; Biome puts it into form. */
export function rowsFile(rows: readonly ScannedRow[]): string {
  return `import type { ScannedRow } from './scanned-row.ts'

// Written by \`node scripts/node24.mjs scripts/runtime-rows.ts --write <image>…\`.
export const SCANNED_ROWS: readonly ScannedRow[] = ${JSON.stringify(rows, undefined, 2)}
`
}

const quiet: Log = {
  info: (text) => console.error(text),
  warning: (text) => console.error(text),
  error: (text) => console.error(text),
  debug: () => undefined,
  annotate: () => undefined,
  mask: () => undefined,
  group: (_, work) => work(),
}

async function main(argv: readonly string[]): Promise<void> {
  const references = argv.filter((word) => !word.startsWith('--'))
  if (references.length === 0) throw new Error('Name the images to read.')
  const today = new Date().toISOString().slice(0, 10)
  const read: ScannedRow[] = []
  for (const reference of references) read.push(await readRow(reference, today))
  const text = rowsFile(withRows(SCANNED_ROWS, read))
  if (!argv.includes('--write')) console.log(text)
  else writeFileSync(new URL('../src/lambda/runtime-rows/scanned.ts', import.meta.url), text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
