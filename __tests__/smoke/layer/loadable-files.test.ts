import { expect, it } from 'vitest'
import { loadableFiles } from '../../../src/smoke/layer/loadable-files.ts'
import { makeElf, makeFile, makeLink } from '../../builders/evidence.ts'
import { makeLayerEvidence } from '../../builders/layer.ts'

const INTERPRETER = '/lib64/ld-linux-x86-64.so.2'
const program = (path: string) => makeFile(path, { mode: 0o755 })
const layer = makeLayerEvidence(
  [
    program('/opt/bin/tool'),
    program('/opt/bin/go-tool'),
    program('/opt/bin/run'),
    program('/opt/bin/env-run'),
    program('/opt/bin/windows'),
    program('/opt/bin/env-windows'),
    program('/opt/bin/notes.txt'),
    makeFile('/opt/bin/sourced.sh'),
    makeLink('/opt/bin/link', '../share/hidden'),
    makeLink('/opt/bin/again', 'tool'),
    makeLink('/opt/bin/out', '/usr/bin/env'),
    program('/opt/share/hidden'),
    makeFile('/opt/extensions/agent'),
    program('/opt/bootstrap'),
    makeFile('/opt/lib/libshop.so.1'),
    makeLink('/opt/lib/libshop.so', 'libshop.so.1'),
    makeFile('/opt/lib/libc.so'),
    makeFile('/opt/lib/deep/libdeep.so'),
    makeFile('/opt/lib/libshop.a'),
  ],
  {
    elf: [
      makeElf('/opt/bin/tool', { interpreter: INTERPRETER }),
      makeElf('/opt/bin/go-tool', { type: 2 }),
      makeElf('/opt/share/hidden', { interpreter: INTERPRETER }),
      makeElf('/opt/extensions/agent', { interpreter: '/lib/ld-musl-x86_64.so.1' }),
      makeElf('/opt/lib/libshop.so.1', { needed: ['libc.so.6'] }),
      makeElf('/opt/lib/deep/libdeep.so'),
    ],
    firstLines: {
      '/opt/bin/run': '#!/bin/bash -e',
      '/opt/bin/env-run': '#!/usr/bin/env python3',
      '/opt/bin/windows': '#!/bin/bash\r',
      '/opt/bin/env-windows': '#!/usr/bin/env python3\r',
      '/opt/bootstrap': '#!/bin/sh',
      '/opt/bin/sourced.sh': '#!/bin/sh',
    },
  },
)

it('takes commands, extensions and libraries, each file once, and no data', () => {
  expect(loadableFiles(layer, { family: 'python' })).toEqual({
    files: [
      { kind: 'script', path: '/opt/bin/env-run', interpreter: '/usr/bin/env', program: 'python3' },
      { kind: 'script', path: '/opt/bin/env-windows', interpreter: '/usr/bin/env', program: 'python3\r' },
      { kind: 'script', path: '/opt/bin/run', interpreter: '/bin/bash' },
      { kind: 'program', path: '/opt/bin/tool', interpreter: INTERPRETER },
      { kind: 'script', path: '/opt/bin/windows', interpreter: '/bin/bash\r' },
      { kind: 'program', path: '/opt/extensions/agent', interpreter: '/lib/ld-musl-x86_64.so.1' },
      { kind: 'library', path: '/opt/lib/libshop.so.1' },
      { kind: 'program', path: '/opt/bin/link', interpreter: INTERPRETER },
    ],
    linkedStatically: ['/opt/bin/go-tool'],
  })
})

it('takes the bootstrap of a custom runtime only', () => {
  const bootstrap = { kind: 'script', path: '/opt/bootstrap', interpreter: '/bin/sh' }
  expect(loadableFiles(layer, { family: 'provided' }).files).toContainEqual(bootstrap)
  expect(loadableFiles(layer, { family: 'python' }).files).not.toContainEqual(bootstrap)
})
