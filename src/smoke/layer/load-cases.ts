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
  return failed(
    name,
    millis,
    { type: exitCode === 126 ? 'NotExecutable' : 'LoadError', message: said },
    lines.join('\n'),
  )
}

function failed(name: string, millis: number, error: { type: string; message: string }, log: string): SmokeCase {
  const tail = logTail(log)
  return { name, status: 'failed', millis, error, ...(tail === '' ? {} : { logTail: tail }) }
}
