import { describe, expect, it } from 'vitest'
import { corruptBinary } from '../../../src/checks/corrupt-binary.ts'
import { owners } from '../../../src/checks/facts/owners.ts'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { installPython, reinstallPython } from '../../../src/checks/python/pip-install.ts'
import { pythonRecord } from '../../../src/checks/python-record.ts'
import { makePythonLayer, makeRecord, SITE } from './python-layer.ts'

const CORE = 'fastmath/_core.abi3.so'

function layer(facts: { readonly requiresPython?: string; readonly problem?: string }) {
  const { problem, ...distribution } = facts
  return makePythonLayer({
    sources: { 'fastmath/__init__.py': 'from . import _core\n' },
    native: { [CORE]: problem === undefined ? {} : { problem } },
    distributions: [{ record: makeRecord(CORE), version: '2.5.4', ...distribution }],
  })
}

it.each([
  ['>=3.9', 'fastmath==2.5.4'],
  ['>=3.12', 'fastmath'],
  ['<3.11,>=3.8', 'fastmath'],
])('names the version that is there where pip for this Python finds it: Requires-Python %s', (requiresPython, what) => {
  const subject = layer({ requiresPython })
  const [view] = runtimeViews(subject)
  const owner = owners(subject.artifact)(`${SITE}/${CORE}`)
  if (view === undefined) throw new Error('no view')
  expect(reinstallPython(owner, subject, view)).toMatch(
    new RegExp(`^pip install .*--python-version 3\\.11 --only-binary=:all: --upgrade --target python ${what}$`),
  )
})

it('replaces a damaged file where it lies, from the registry', () => {
  const subject = layer({ problem: 'a segment ends at byte 20, the file has 10' })
  const [finding] = corruptBinary.run(subject).findings
  expect(finding?.help).toMatch(
    /^Install `fastmath` again, [^\n]*\npip install --platform \S+ .*--target python --no-cache-dir fastmath==2\.5\.4$/,
  )
})

it('brings back what a later install replaced, together with what replaced it', () => {
  const record = (module: string) => ({ files: 9, native: [], modules: [module], others: [] })
  const [finding] = pythonRecord.run(
    makePythonLayer({
      sources: { 'google/protobuf/__init__.py': '' },
      distributions: [
        { name: 'protobuf', version: '6.32.1', record: record('google.protobuf') },
        { name: 'google-auth', version: '2.40.0', record: record('google.auth') },
      ],
    }),
  ).findings
  expect(finding?.help).toMatch(
    /^Install all that .*\n# pip replaces google\/ as a whole: .*\npip install .*--target python google-auth==2\.40\.0 protobuf==6\.32\.1$/,
  )
})

describe('what has packages in a folder that pip replaces as a whole', () => {
  const record = (...modules: string[]) => ({ files: 9, native: [], modules, others: [] })
  const subject = makePythonLayer({
    distributions: [
      { name: 'protobuf', version: '6.32.1', record: record('google.protobuf') },
      { name: 'grpcio-status', version: '1.70.0', requires: ['protobuf'], record: record('grpc_status') },
      { name: 'pandas', version: '2.3.0', requires: ["google-auth; extra == 'gcp'"], record: record('pandas') },
      {
        name: 'google-auth',
        version: '2.40.0',
        requiresPython: '>=3.12',
        requires: ['azure-core'],
        record: record('google.auth'),
      },
      { name: 'azure-core', version: '1.35.0', record: record('azure.core') },
      { name: 'azure-identity', version: '1.25.0', record: record('azure.identity') },
    ],
  })
  const [view] = runtimeViews(subject)
  const told = (what: string) => {
    if (view === undefined) throw new Error('no view')
    return installPython(what, subject, view)
      .split('\n')
      .map((line) => line.replace(/^pip .*--target python /, ''))
  }
  const AZURE = 'azure-core==1.35.0 azure-identity==1.25.0'

  it('is installed by the same command, and so is what that brings with it', () => {
    const comment = '# pip replaces azure/, google/ as a whole: all that have packages there are named'
    expect(told('protobuf==6.32.1')).toEqual([comment, `protobuf==6.32.1 google-auth ${AZURE}`])
    // By what it requires.
    expect(told('grpcio-status')).toEqual([comment, `grpcio-status protobuf==6.32.1 google-auth ${AZURE}`])
  })

  it('is known by the name of what is not there yet', () => {
    const comment = '# pip replaces azure/ as a whole: all that have packages there are named'
    expect(told('azure-storage-blob')).toEqual([comment, `azure-storage-blob ${AZURE}`])
  })

  it('is left alone by what has a folder of its own, whatever its extras bring', () => {
    expect(told('pandas==2.3.0')).toEqual(['pandas==2.3.0'])
    expect(told('-r requirements.txt')).toEqual(['-r requirements.txt'])
  })
})
