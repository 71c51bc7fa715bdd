import { posix } from 'node:path'
import type { SmokeCase } from '../../report/report.ts'
import { logTail } from '../disclosure.ts'
import type { LoadableFile } from './loadable-files.ts'

/** One case for each file from what load-script.ts printed; a file that it did not come to has failed. Pure. */
export function loadCases(files: readonly LoadableFile[], mark: string, output: string): readonly SmokeCase[] {
  const answers = new Map<number, Answer>()
  let current: { index: number; lines: string[] } | undefined
  for (const line of output.split('\n')) {
    const [word, what, first = '', second = ''] = line.split(' ')
    if (word !== mark) current?.lines.push(line)
    else if (what === 'begin') current = { index: Number(first), lines: [] }
    else if (what === 'end' && current !== undefined) {
      const lines = current.lines.map((one) => one.trim().replaceAll('\r', '\\r')).filter((one) => one !== '')
      answers.set(current.index, { lines, exitCode: Number(first), millis: Math.max(0, Number(second)) })
      current = undefined
    }
  }
  return files.map((file, index) => judged(file, answers.get(index)))
}

type Answer = { readonly lines: readonly string[]; readonly exitCode: number; readonly millis: number }

// glibc lists what it found behind the line that says most: version `X' not found (required by …).
const NOT_FOUND = /not found/

function judged(file: LoadableFile, answer: Answer | undefined): SmokeCase {
  const name = `${file.kind === 'script' ? 'interpreter of' : 'load'} ${file.path}`
  if (answer === undefined) {
    return failed(name, 0, { type: 'NotReached', message: `The loader did not come to ${file.path}.` }, '')
  }
  const { lines, exitCode, millis } = answer
  if (exitCode === 0) return { name, status: 'passed', millis }
  const message = lines.find((line) => NOT_FOUND.test(line)) ?? lines.at(-1) ?? `exit code ${exitCode}`
  const said = message.includes(file.path) ? message : `${file.path}: ${message}`
  const type = exitCode === 126 ? 'NotExecutable' : 'LoadError'
  if (isOfPackage(file)) {
    const because = `${said} (a package's command, made for the machine of the install: only a function that calls it fails)`
    return { name, status: 'skipped', millis, error: { type, message: because } }
  }
  return failed(name, millis, { type, message: said }, lines.join('\n'))
}

/** pip, gem and npm put scripts into `bin` that begin with the interpreter they ran with; importing the package needs none. */
function isOfPackage(file: LoadableFile): boolean {
  if (file.kind !== 'script' || posix.dirname(file.path) !== '/opt/bin') return false
  return LANGUAGES.test(posix.basename(file.program ?? file.interpreter))
}
const LANGUAGES = /^(?:python|pypy|ruby|node)[\d.]*$/

function failed(name: string, millis: number, error: { type: string; message: string }, log: string): SmokeCase {
  const tail = logTail(log)
  return { name, status: 'failed', millis, error, ...(tail === '' ? {} : { logTail: tail }) }
}
