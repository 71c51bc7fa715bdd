import { posix } from 'node:path'
import { MISALIGNED } from '../inspect/elf-alignment.ts'
import type { Check, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { foreignFiles, foreignUse } from './facts/foreign-files.ts'
import { type Owner, owners } from './facts/owners.ts'
import { packageFolder } from './facts/package-folder.ts'
import { type Pretence, pretence } from './facts/pretence.ts'
import { FETCH_LFS } from './facts/program-remedy.ts'
import { runtimeViews } from './facts/runtime-view.ts'
import { userElf } from './facts/user-elf.ts'
import { code, counted, shellWord } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { failingImport } from './python/failing-import.ts'
import { reinstallPython } from './python/pip-install.ts'

const ID = 'corrupt-binary'

type Corrupt = {
  readonly path: string
  readonly what: string
  readonly kind: Pretence['kind'] | 'cut' | 'stripped'
}

export const corruptBinary: Check = {
  id: ID,
  title: 'Native files are whole',
  appliesTo: () => true,
  run(subject) {
    const files = [...pretenders(subject), ...cutOff(subject)]
      .map((file) => ({ ...file, use: foreignUse(file, subject) }))
      .filter(({ use, kind }) => use !== 'spare' || kind === 'lfs')
    const groups = groupBy(files, ({ path, use, kind }) => `${use} ${kind} ${packageFolder(path)}`)
    return { findings: [...groups.values()].map((same) => finding(same, same[0]?.use === 'loaded', subject)) }
  },
}

function pretenders(subject: Subject): readonly Corrupt[] {
  return foreignFiles(subject)
    .filter(({ format }) => format === 'none')
    .map(({ path, size, head = '' }) => ({ path, ...pretence(size, head) }))
}

const NATIVE_NAME = /\.(?:so(?:\.\d+)*|node)$/

/** A library, or a program that a package brings: these have no ending. */
function isNamedNative(path: string): boolean {
  return NATIVE_NAME.test(path) || (path.includes('/node_modules/') && posix.extname(path) === '')
}

/** ELF files whose headers point beyond their end, or cannot be. Debug information lies beside what it is about. */
function cutOff(subject: Subject): readonly Corrupt[] {
  return userElf(subject).flatMap(({ path, problem }): readonly Corrupt[] => {
    if (problem === undefined || !isNamedNative(path) || path.includes('/debug/')) return []
    if (problem === MISALIGNED) return [{ path, kind: 'stripped', what: `cannot be mapped by the loader: ${problem}` }]
    return [{ path, kind: 'cut', what: `cannot be read as a native file: ${problem}` }]
  })
}

function finding(files: readonly Corrupt[], certain: boolean, about: Subject): GroundedFinding {
  const [first] = files
  const paths = files.map(({ path }) => path)
  const path = first?.path ?? ''
  const subject = files.length === 1 ? path : packageFolder(path)
  const owner = owners(about.artifact)(path)
  const { said, ...failing } = certain
    ? failingImport(paths, about)
    : { said: '; nothing shows whether something needs it' }
  const what =
    files.length === 1
      ? `${code(path)} ${first?.what}`
      : `${counted(files.length, 'native file')} in ${code(subject)} cannot be loaded: ${code(path)} ${first?.what}`
  return {
    rule: ID,
    level: certain ? 'error' : 'warning',
    confidence: certain ? 'proven' : 'heuristic',
    subject,
    ...(owner === undefined ? {} : { owner: owner.purl }),
    message: `${what}${said}`,
    expected: NATIVE_NAME.test(path) ? 'an ELF shared object' : 'an ELF program',
    actual: first?.what.replace(/^(?:is|holds) /, '') ?? '',
    help: remedy(first, owner, about),
    ...failing,
    ...examplesOf(paths),
    grounds: { files: paths },
  }
}

function remedy(file: Corrupt | undefined, owner: Owner | undefined, subject: Subject): string {
  switch (file?.kind) {
    case 'lfs':
      return FETCH_LFS
    case 'link':
      return `Make it a link again: Git on Windows, and some zip tools, store links as text.\nln -sf <target> ${shellWord(file.path)}`
    case 'stripped':
      return `Leave out ${code('strip')}: it ruins libraries that patchelf has changed, as those in Python's wheels are.${again(owner, subject)}`
    default:
      return owner === undefined
        ? 'Build or download it again, and compare its checksum.'
        : `Install ${code(owner.name)} again, without the cache that may hold the broken file.${again(owner, subject)}`
  }
}

function again(owner: Owner | undefined, subject: Subject): string {
  const [view] = runtimeViews(subject)
  if (owner?.purl.startsWith('pkg:npm/')) return '\nnpm cache clean --force && npm ci'
  if (!owner?.purl.startsWith('pkg:pypi/') || view === undefined) return ''
  return `\n${reinstallPython(owner, subject, view, '--no-cache-dir')}`
}
