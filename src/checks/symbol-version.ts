import type { ElfFile } from '../inspect/evidence.ts'
import { architectureRow } from '../lambda/architecture.ts'
import type { Check, Finding, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import { libraryProviders } from './facts/library-providers.ts'
import { nativeness } from './facts/machine.ts'
import { packageFolder } from './facts/package-folder.ts'
import { isPlatformVariant, variantKey } from './facts/platform-variant.ts'
import { symbolVersions, type UnmetVersion } from './facts/unmet-versions.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'symbol-version'

type Judged = { readonly file: ElfFile; readonly unmet: readonly UnmetVersion[]; readonly certain: boolean }

export const symbolVersion: Check = {
  id: ID,
  title: 'Native code finds the symbol versions that it needs',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const providers = libraryProviders(subject.artifact, subject.plan.architecture)
    const files = nativeUserFiles(subject).map((file) => ({ file, ...symbolVersions(file, providers) }))
    const usable = new Set(files.filter(({ unmet }) => unmet.length === 0).map(({ file }) => variantKey(file.path)))
    const judged = files
      .filter(({ unmet }) => unmet.length > 0)
      .map(({ file, unmet }): Judged => {
        const replaced = isPlatformVariant(file.path) && usable.has(variantKey(file.path))
        return { file, unmet, certain: !replaced && unmet.some(({ disputed }) => !disputed) }
      })
    const causes = groupBy(judged, ({ file, certain }) => `${certain} ${packageFolder(file.path)}`)
    const unanswered = [...new Set(files.flatMap((one) => one.unanswered))].sort()
    const unread = files.filter(({ file }) => file.partial !== undefined).map(({ file }) => file.path)
    const open = [
      ...unread.slice(0, 3).map((path) => `${path} is too large to be read whole`),
      ...openQuestion(unanswered),
    ]
    return {
      findings: [...causes.values()].map((same) => finding(same, subject)),
      ...(open.length === 0 ? {} : { notChecked: open.join('; ') }),
    }
  },
}

function nativeUserFiles(subject: Subject): readonly ElfFile[] {
  const scope = userScope(subject)
  const { entries } = imageTree(subject.artifact)
  return subject.artifact.elf.filter((file) => {
    const entry = entries.get(file.path)
    return entry !== undefined && scope.contains(entry) && nativeness(file, subject.plan.architecture) === 'native'
  })
}

function openQuestion(sonames: readonly string[]): readonly string[] {
  if (sonames.length === 0) return []
  const named = sonames.slice(0, 3).join(', ')
  const rest = sonames.length > 3 ? ` and ${sonames.length - 3} more` : ''
  const found = sonames.length === 1 ? 'was not found' : 'were not found'
  return [
    `${counted(sonames.length, 'library', 'libraries')} that native files need ${found} in the searched folders: ${named}${rest}`,
  ]
}

function finding(judged: readonly Judged[], subject: Subject): Finding {
  const certain = judged.every((one) => one.certain)
  const paths = judged.map(({ file }) => file.path)
  const where = commonFolder(paths)
  const unmet = mostTelling(judged.flatMap((one) => one.unmet))
  const needs = unmet.map(({ version, soname }) => `${code(version)} of ${code(soname)}`).join(', ')
  const has = unmet.map(({ newest, soname }) =>
    newest === undefined ? `no such version in ${code(soname)}` : `up to ${code(newest)}`,
  )
  const what = judged.length === 1 ? code(where) : `${counted(judged.length, 'native file')} in ${code(where)}`
  const actual = [...new Set(has)].join(', ')
  return {
    rule: ID,
    level: certain ? 'error' : 'warning',
    confidence: certain ? 'proven' : 'heuristic',
    subject: where,
    message: `${what} ${judged.length === 1 ? 'needs' : 'need'} ${needs}; the image has ${actual}${certain ? '' : ' where it is found first'}`,
    expected: `the image's libraries: ${actual}`,
    actual: needs,
    help: remedy(where, subject),
    ...examplesOf(paths),
  }
}

/** Of each library and family the newest version: it decides which system is new enough. */
function mostTelling(unmet: readonly UnmetVersion[]): readonly UnmetVersion[] {
  const groups = groupBy(unmet, ({ soname, version }) => `${soname} ${version.replace(/_[\d.]+$/, '')}`)
  return [...groups.values()].flatMap((group) => [...group].sort(byVersion).slice(-1))
}

const VERSIONS = new Intl.Collator('en', { numeric: true })

function byVersion(a: UnmetVersion, b: UnmetVersion): number {
  return VERSIONS.compare(a.version, b.version)
}

function remedy(path: string, { plan, artifact }: Subject): string {
  if (/\/node_modules(?:\/|$)/.test(path)) {
    const cpu = plan.architecture === 'arm64' ? 'arm64' : 'x64'
    return `It was built on a newer system: install or compile it inside the image, or take a version whose prebuilt file fits.\nRUN npm ci --os=linux --cpu=${cpu} --libc=glibc`
  }
  if (/\/(?:site-packages|dist-packages|python)(?:\/|$)/.test(path) && artifact.libc?.family === 'glibc') {
    const tag = `manylinux_${artifact.libc.version.replace('.', '_')}_${architectureRow(plan.architecture).elfMachine === 183 ? 'aarch64' : 'x86_64'}`
    return `It was built on a newer system: install wheels for the image's C library.\nRUN pip install --platform ${tag} --only-binary=:all: --target . -r requirements.txt`
  }
  if (artifact.os?.id === 'amzn' && plan.runtime !== undefined) {
    return `It was built on a newer system: compile it in an image of the runtime, or link it statically.\nFROM ${plan.runtime.baseImage} AS build`
  }
  return `It was built on a newer system: compile it on ${code(artifact.os?.prettyName ?? 'the system of this image')}, or link it statically.`
}
