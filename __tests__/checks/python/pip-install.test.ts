import { expect, it } from 'vitest'
import { corruptBinary } from '../../../src/checks/corrupt-binary.ts'
import { owners } from '../../../src/checks/facts/owners.ts'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { reinstallPython } from '../../../src/checks/python/pip-install.ts'
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
