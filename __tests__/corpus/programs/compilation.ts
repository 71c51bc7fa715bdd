import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../../../lab/process/command.ts'
import { standInImage } from '../runtime-image.ts'

/** A bootstrap that answers events with themselves, and how it is compiled. */
export type Compilation = {
  readonly language: 'c' | 'go' | 'rust'
  readonly linked: 'statically' | 'dynamically'
  /** Hash of the source. */
  readonly source: string
}

type Language = Compilation['language']
const SOURCES: Readonly<Record<Language, string>> = {
  c: fileURLToPath(new URL('../../dist/fixtures/bootstrap.c', import.meta.url)),
  go: fileURLToPath(new URL('bootstrap.go', import.meta.url)),
  rust: fileURLToPath(new URL('bootstrap.rs', import.meta.url)),
}

export function compilation(language: Language, linked: Compilation['linked']): Compilation {
  const source = createHash('sha256').update(readFileSync(SOURCES[language])).digest('hex').slice(0, 16)
  return { language, linked, source }
}

/** C in the build image, whose glibc is that of the newer stand-in; Go and Rust by the machine's own compilers. */
export async function compileBootstrap({ language, linked }: Compilation, layer: string): Promise<void> {
  const source = SOURCES[language]
  const program = join(layer, 'bootstrap')
  if (language === 'c') {
    const { reference } = await standInImage('sam/build-nodejs22.x:latest')
    const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`
    await run('docker', [
      ...['run', '--rm', '--network', 'none', '--user', user, '--entrypoint', 'gcc'],
      ...['--volume', `${source}:/bootstrap.c:ro`, '--volume', `${layer}:/layer`, reference],
      ...['-O2', ...(linked === 'statically' ? ['-static'] : []), '-o', '/layer/bootstrap', '/bootstrap.c'],
    ])
  } else if (language === 'go') {
    const env = { CGO_ENABLED: linked === 'statically' ? '0' : '1', GOFLAGS: '-trimpath' }
    await run('go', ['build', '-o', program, source], { env })
  } else await run('rustc', ['--edition', '2021', '-O', '-o', program, source])
}
