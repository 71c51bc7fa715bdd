import { describe, expect, it } from 'vitest'
import { programFault } from '../../../src/checks/facts/program-fault.ts'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { runChecks } from '../../../src/checks/run-checks.ts'
import type { ElfFile, FileEntry } from '../../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import { baseFiles, makeElf, makeFile } from '../../builders/evidence.ts'
import { layerRuntime, makeLayerEvidence, makeLayerSubject } from '../../builders/layer.ts'
import { makeRuntimeEvidence } from '../../builders/subject.ts'

type What = {
  readonly mode?: number
  readonly size?: number
  readonly line?: string
  readonly elf?: Partial<ElfFile>
  readonly foreign?: Record<string, unknown>
  readonly runtime?: readonly FileEntry[]
  readonly read?: boolean
}

const PATH = '/opt/bootstrap'

/** A layer whose bootstrap is this, for a system with `/bin/sh` and `/usr/bin/env`. */
function layer({ mode = 0o755, size = 100, line, elf, foreign, runtime = [], read = true }: What) {
  const file = makeFile(PATH, { mode, size })
  const artifact = makeLayerEvidence([file], {
    firstLines: line === undefined ? {} : { [PATH]: line },
    elf: elf === undefined ? [] : [makeElf(PATH, { type: 2, ...elf })],
    facts: {
      ...NO_FACTS,
      foreign: foreign === undefined ? [] : [{ path: PATH, processors: [], size, format: 'none', ...foreign }],
    } as typeof NO_FACTS,
  })
  const system = makeRuntimeEvidence({
    files: [...baseFiles(), makeFile('/usr/bin/env'), makeFile('/bin/sh'), ...runtime],
  })
  const facts = layerRuntime('provided.al2023')
  return { file, subject: makeLayerSubject(artifact, [read ? { ...facts, evidence: system } : facts]) }
}

function fault(what: What) {
  const { file, subject } = layer(what)
  const [view] = runtimeViews(subject)
  return view === undefined ? undefined : programFault(file, subject, view)
}

describe('programFault', () => {
  it.each<[string, What, RegExp, RegExp]>([
    ['a mode', { mode: 0o644, elf: {} }, /may not be executed/, /\nchmod 755 bootstrap$/],
    ['another processor', { elf: { machine: 183 } }, /`x86_64` cannot start it/, /GOARCH=amd64/],
    ['a cut program', { elf: { truncated: true } }, /is not whole/, /again/],
    ['a program for macOS', { foreign: { format: 'mach-o', processors: ['arm64'] } }, /macOS/, /GOOS=linux/],
    ['a program for Windows', { foreign: { format: 'pe' } }, /Windows/, /GOOS=linux/],
    ['a pointer', { foreign: { head: 'version https://git-lfs.github.com/spec/' } }, /Git LFS pointer/, /lfs: true/],
    ['nothing', { size: 0 }, /neither a Linux program/, /nothing is in it/],
    ['no first line', {}, /neither a Linux program/, /\n#!\/bin\/sh$/],
    ['line endings', { line: '#!/bin/sh\r' }, /carriage return/, /bootstrap text eol=lf[\s\S]*\nsed -i .* bootstrap$/],
    ['a byte order mark', { line: '\uFEFF#!/bin/sh' }, /byte order mark/, /sed -i '1s\/\^\\xEF\\xBB\\xBF\/\//],
    ['no interpreter', { line: '#!/usr/bin/zsh' }, /script for `\/usr\/bin\/zsh`/, /#!\/bin\/sh/],
    ['nothing that env finds', { line: '#!/usr/bin/env zsh' }, /script for `zsh`/, /#!\/bin\/sh/],
    ['no loader', { elf: { interpreter: '/nix/ld.so' } }, /needs `\/nix\/ld.so`/, /CGO_ENABLED=0/],
  ])('%s', (_, what, says, help) => {
    expect(fault(what)?.what).toMatch(says)
    expect(fault(what)?.help).toMatch(help)
  })

  it.each<[string, What]>([
    ['a program', { elf: {} }],
    ['a script', { line: '#!/bin/sh -e' }],
    ['a script for what env finds', { line: '#!/usr/bin/env zsh', runtime: [makeFile('/usr/bin/zsh')] }],
    ['what nobody knows without the runtime', { line: '#!/usr/bin/env zsh', read: false }],
  ])('none: %s', (_, what) => {
    expect(fault(what)).toBeUndefined()
  })

  it.each<[string, What]>([
    ['a program for macOS', { foreign: { format: 'mach-o', processors: ['arm64'] } }],
    ['a pointer', { foreign: { head: 'version https://git-lfs.github.com/spec/' } }],
    ['a 32-bit program', { elf: { machine: 3, class: 32 } }],
  ])('is one finding: %s', (_, what) => {
    const found = runChecks(layer(what).subject).findings.filter(({ level }) => level !== 'note')
    expect(found.map(({ rule, level, subject }) => [rule, level, subject])).toEqual([['bootstrap', 'error', PATH]])
  })
})
