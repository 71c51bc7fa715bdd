import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../../lab/process/command.ts'

/** A jar of Maven Central, whole or without some of its folders. */
export type Jar = { readonly coordinates: string; readonly without?: readonly string[] }

/** Into `java/lib` of the layer, by the machine's own Maven and JDK. */
export async function copyJar({ coordinates, without }: Jar, layer: string): Promise<void> {
  const lib = join(layer, 'java/lib')
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy'
  await run('mvn', ['--batch-mode', '--quiet', plugin, `-Dartifact=${coordinates}`, `-DoutputDirectory=${lib}`])
  if (without === undefined) return
  const [name = ''] = readdirSync(lib)
  const unpacked = mkdtempSync(join(tmpdir(), 'lambda-parity-jar-'))
  try {
    await run('jar', ['--extract', '--file', join(lib, name)], { cwd: unpacked })
    for (const folder of without) rmSync(join(unpacked, folder), { recursive: true, force: true })
    await run('jar', ['--create', '--no-manifest', '--file', join(lib, name), '-C', unpacked, '.'])
  } finally {
    rmSync(unpacked, { recursive: true })
  }
}
