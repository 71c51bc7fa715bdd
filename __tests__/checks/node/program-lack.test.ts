import { describe, expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { nodeTree } from '../../../src/checks/node/node-tree.ts'
import { programLack } from '../../../src/checks/node/program-lack.ts'
import type { FileEntry } from '../../../src/inspect/evidence.ts'
import { makeNodeSubject } from '../../builders/node.ts'

const FOLDER = '/var/task/node_modules/fast'
const PROGRAM = `${FOLDER}/bin/fast`

function lackOf(entry: Partial<FileEntry> | undefined, own: object = {}, isProgram?: true) {
  const files = { 'fast/package.json': { name: 'fast', ...own }, 'fast/bin/fast': { type: 3 } }
  const subject = makeNodeSubject(files)
  const artifact = {
    ...subject.artifact,
    files: subject.artifact.files.flatMap((file) =>
      file.path !== PROGRAM ? [file] : entry === undefined ? [] : [{ ...file, ...entry }],
    ),
  }
  const changed = { ...subject, artifact }
  const [view] = runtimeViews(changed)
  if (view === undefined) throw new Error('no view')
  const load = { kind: 'program', argument: './bin/fast' } as never
  const failure = { script: `${FOLDER}/index.js`, line: 1, load, tried: ['bin/fast'], ...(isProgram && { isProgram }) }
  return programLack(failure, { name: 'fast', folder: FOLDER }, nodeTree(view, 'x86_64'), changed)
}

const COMPILED = { scripts: { install: 'node install.js' } }

describe('what is done of a program', () => {
  it.each<readonly [string, Partial<FileEntry> | undefined, object, string, RegExp]>([
    ['that is not there', undefined, {}, 'no such file', /^Look which exclusions/],
    ['that is not there and was to be downloaded', undefined, COMPILED, 'no such file', /RUN npm rebuild fast$/],
    ['without its mode', { mode: 0o644 }, {}, 'it is not executable', /\nchmod \+x .*bin\/fast$/],
    ['without its mode that an install script sets', { mode: 0o644 }, COMPILED, 'it is not executable', /npm rebuild/],
    ['that is empty', { size: 0 }, COMPILED, 'it is empty', /\nnpm cache clean --force && npm ci$/],
  ])('%s', (_, entry, own, actual, help) => {
    expect(lackOf(entry, own, true)).toMatchObject({ actual, help: expect.stringMatching(help) })
  })
  it('is nothing where no program was looked for', () => {
    expect(lackOf(undefined)).toBeUndefined()
  })
})
