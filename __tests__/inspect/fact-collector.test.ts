import { afterEach, expect, it, vi } from 'vitest'
import { readerDefects } from '../../src/checks/facts/reader-defects.ts'
import { runChecks } from '../../src/checks/run-checks.ts'
import { fileSystemReader, partialReadings } from '../../src/inspect/file-system.ts'
import { rubyReader } from '../../src/inspect/ruby/ruby-reader.ts'
import { makeEvidence, makeFile } from '../builders/evidence.ts'
import { makeSubject } from '../builders/subject.ts'

afterEach(() => vi.restoreAllMocks())

const path = '/opt/ruby/gems/3.3.0/specifications/json-2.7.1.gemspec'
const spec = Buffer.from('s.name = "json"\n  s.name = "json"\n  s.version = "2.7.1"\n')

function read() {
  const reader = fileSystemReader()
  const sink = reader.entry(makeFile(path, { size: spec.length }))
  // The beginning that decides who wants a file may come in any number of pieces.
  for (const byte of spec) sink?.bytes(Buffer.from([byte]))
  sink?.end()
  return reader.end()
}

it('hands a file to the reader that wants it, however it is cut', () => {
  expect(read()).toMatchObject({ defects: [], facts: { ruby: [{ path, name: 'json', version: '2.7.1' }] } })
})

it('gives a hard link the facts of its target', () => {
  const reader = fileSystemReader()
  const sink = reader.entry(makeFile(path, { size: spec.length }))
  sink?.bytes(spec)
  sink?.end()
  const other = path.replace('json-', 'linked-')
  reader.entry(makeFile(other, { type: 'hardlink', size: 0, link: path }))
  expect(reader.end().facts.ruby.map((gem) => gem.path)).toEqual([path, other])
})

it('goes on after a reader that throws, and says which rules saw less', () => {
  vi.spyOn(rubyReader, 'read').mockImplementation(() => {
    throw new TypeError('cannot read properties')
  })
  const partial = partialReadings(read())
  expect(partial).toEqual([{ of: 'reader', reader: 'ruby', path, why: 'cannot read properties' }])
  const artifact = makeEvidence({ partial })
  expect(readerDefects(artifact)).toEqual([
    { rule: 'ruby-layout', reason: expect.stringContaining('please report it') },
  ])
  expect(runChecks(makeSubject({ artifact })).notChecked).toContainEqual(readerDefects(artifact)[0])
})
