import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandFailed, run } from '../../../lab/process/command.ts'
import { installFolder } from '../corpus-folders.ts'
import type { Run } from './containers.ts'

/** Statements that use jars, executed by the machine's own Java: no stand-in has one. */
export const onThisMachine: Run = async (folders, _image, wanted) => {
  const answers = new Map<string, string>()
  const place = mkdtempSync(join(tmpdir(), 'lambda-parity-jar-'))
  try {
    for (const { install } of wanted) {
      const [name = ''] = install.package.modules
      const file = join(place, 'Probe.java')
      writeFileSync(file, `class Probe { public static void main(String[] a) throws Throwable { ${name} } }`)
      const jars = join(installFolder(folders, install), 'layer/java/lib/*')
      const result = await run('java', ['-cp', jars, file]).then(
        () => ({ ok: true }),
        (error) => failure(error),
      )
      answers.set(install.id, JSON.stringify({ [name]: result }))
    }
  } finally {
    rmSync(place, { recursive: true })
  }
  return answers
}

function failure(error: unknown): { readonly type: string; readonly text: string } {
  if (!(error instanceof CommandFailed) || error.exitCode === undefined) throw error
  const thrown = [...error.message.matchAll(/^(?:Exception in thread "main" |Caused by: )(?:[\w.]+\.)?(\w+: .*)$/gm)]
  const [text = error.message.slice(-500)] = thrown.map(([, words = '']) => words).slice(-1)
  return { type: 'Error', text }
}
