import { describe, expect, it } from 'vitest'
import { userScope } from '../../../src/checks/facts/user-scope.ts'
import type { FileEntry } from '../../../src/inspect/evidence.ts'
import { baseFiles, makeEvidence, makeFile, makeImageFacts } from '../../builders/evidence.ts'
import { makeRuntimeEvidence, makeRuntimeFacts, makeSubject } from '../../builders/subject.ts'

const library = makeFile('/usr/lib64/libz.so.1', { size: 10, mtime: 5 })

describe('with the base scanned', () => {
  const base = makeRuntimeEvidence({ files: [...baseFiles(), library, makeFile('/var/task/base.js')] })
  const scopeOf = (...files: readonly FileEntry[]) =>
    userScope(makeSubject({ artifact: makeEvidence({ files }), runtimes: [makeRuntimeFacts(base)] }))

  it.each([
    ['the same file', {}, false],
    ['another size', { size: 11 }, true],
    ['another mode', { mode: 0o600 }, true],
    ['another time', { mtime: 6 }, true],
  ])('%s', (_, change, contained) => {
    const scope = scopeOf({ ...library, ...change })
    expect(scope.contains(library.path)).toBe(contained)
    expect(scope.adds(library.path)).toBe(false)
  })

  it('counts what the base lacks, and code even when the base has it', () => {
    const scope = scopeOf(makeFile('/usr/lib64/libown.so'), makeFile('/var/task/base.js'))
    expect(scope.contains('/usr/lib64/libown.so')).toBe(true)
    expect(scope.adds('/usr/lib64/libown.so')).toBe(true)
    expect(scope.contains('/var/task/base.js')).toBe(true)
  })
})

describe('without a base to compare with', () => {
  const image = makeImageFacts({ workingDirectory: '/function' })
  const installed = ['/usr/local/lib/x.so', '/usr/lib/python3/site-packages/x.so']
  const artifact = makeEvidence({ image, files: [library, ...installed.map((path) => makeFile(path))] })

  it.each([
    ['the runtime is a row of the table', []],
    ['the image is its own runtime column', [makeRuntimeFacts(artifact)]],
  ])('%s', (_, runtimes) => {
    const scope = userScope(makeSubject({ artifact, runtimes }))
    expect(scope.contains(library.path)).toBe(false)
    for (const path of ['/function/app.py', '/opt/x', ...installed]) {
      expect(scope.contains(path), path).toBe(true)
    }
    expect(scope.isCode('/functional')).toBe(false)
  })
})
