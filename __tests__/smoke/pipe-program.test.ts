import { expect, it } from 'vitest'
import type { FileEntry } from '../../src/inspect/evidence.ts'
import { pipeProgram } from '../../src/smoke/pipe-program.ts'
import { makeEvidence, makeFile, makeImageFacts, makeLink } from '../builders/evidence.ts'

const executable = (path: string) => makeFile(path, { mode: 0o755 })

function entrypoint(files: readonly FileEntry[], PATH = '/usr/bin/:/opt/app/bin'): string | undefined {
  return pipeProgram(makeEvidence({ files, image: makeImageFacts({ environment: { PATH } }) }))?.entrypoint
}

it.each([
  [
    'bash',
    [executable('/usr/bin/bash'), executable('/usr/bin/cat'), makeLink('/usr/bin/sleep', 'coreutils')],
    '/usr/bin/bash',
  ],
  ['a link to python', [makeLink('/usr/bin/python3', 'python3.11')], '/usr/bin/python3'],
  ['busybox', [executable('/bin/busybox')], '/bin/busybox'],
  ['node on PATH', [executable('/opt/app/bin/node')], '/opt/app/bin/node'],
  ["distroless' node", [executable('/nodejs/bin/node')], '/nodejs/bin/node'],
  ['node where bash has no cat', [executable('/usr/bin/bash'), executable('/var/lang/bin/node')], '/var/lang/bin/node'],
])('finds %s', (_, files, expected) => {
  expect(entrypoint(files)).toBe(expected)
})

it.each([
  ['in a scratch image', [executable('/main')]],
  ['that is not executable', [makeFile('/usr/bin/node')]],
  ['that is a folder', [makeFile('/usr/bin/node', { type: 'directory', mode: 0o755 })]],
  ['outside of PATH', [executable('/var/task/node_modules/.bin/node')]],
])('finds nothing %s', (_, files) => {
  expect(entrypoint(files)).toBeUndefined()
})
