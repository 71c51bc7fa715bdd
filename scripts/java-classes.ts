import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { up } from '../lab/lab.ts'
import { run } from '../lab/process/command.ts'

// Packs the function that loads jars, compiled in the lab's build image for Java 8 and newer: a runtime may have no compiler.
const FOLDER = fileURLToPath(new URL('../src/smoke/layer/java/', import.meta.url))

/** The jar of LambdaParityJars.java and LambdaParityLoad.java in base64. */
export async function compiledJars(): Promise<string> {
  const lab = await up()
  const { 'sam/build-java17:latest': image } = await lab.images(['sam/build-java17:latest'])
  const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-classes-'))
  try {
    const mounts = ['--volume', `${FOLDER}:/src:ro`, '--volume', `${folder}:/out`]
    const user = ['--user', `${process.getuid?.()}:${process.getgid?.()}`, '--label', 'lambda-parity.lab=true']
    const compile = `set -e
cd /out && javac --release 8 -g:none -Xlint:-options -d classes /src/*.java
jar --create --file all.jar --no-manifest --date 1980-01-02T00:00:00Z -C classes LambdaParityJars.class -C classes LambdaParityLoad.class`
    await run('docker', ['run', '--rm', ...user, ...mounts, image, 'sh', '-c', compile])
    return readFileSync(join(folder, 'all.jar')).toString('base64')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = (await compiledJars()).replaceAll(/.{1,110}/g, "  '$&',\n")
  const head = '// Made of the Java sources beside it by scripts/java-classes.ts.\n'
  const body = `${head}\n/** A jar of their classes in base64, for Java 8 and newer. */\nexport const LAMBDA_PARITY_JARS = [\n${text}].join('')\n`
  writeFileSync(join(FOLDER, 'lambda-parity-jars.ts'), body)
}
