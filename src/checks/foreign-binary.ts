import type { ForeignFile } from '../inspect/binaries/foreign-file.ts'
import { architectureRow } from '../lambda/architecture.ts'
import type { Check, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { type ForeignUse, foreignFiles, foreignUse } from './facts/foreign-files.ts'
import { type Owner, owners } from './facts/owners.ts'
import { packageFolder } from './facts/package-folder.ts'
import { runtimeViews } from './facts/runtime-view.ts'
import { code, counted, megabytes, shellWord } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { isNode, isPython } from './native/reinstall.ts'
import { failingImport } from './python/failing-import.ts'
import { reinstallPython } from './python/pip-install.ts'

const ID = 'foreign-binary'
/** Less is `0.0 MB`. */
const SHOWN = 64 * 1024
const SYSTEMS = { 'mach-o': 'macOS', pe: 'Windows', none: '' } as const

export const foreignBinary: Check = {
  id: ID,
  title: 'Native code is for Linux',
  appliesTo: () => true,
  run(subject) {
    const files = foreignFiles(subject)
      .filter(({ format }) => format !== 'none')
      .map((file) => ({ file, use: foreignUse(file, subject) }))
    const spare = files.filter(({ use }) => use === 'spare').map(({ file }) => file)
    const others = groupBy(
      files.filter(({ use }) => use !== 'spare'),
      ({ file, use }) => `${use} ${packageFolder(file.path)}`,
    )
    return {
      findings: [
        ...[...others.values()].map((same) =>
          cannotLoad(
            same.map(({ file }) => file),
            same[0]?.use ?? 'unknown',
            subject,
          ),
        ),
        ...(spare.length === 0 ? [] : [deadWeight(spare)]),
      ],
    }
  },
}

function cannotLoad(files: readonly ForeignFile[], use: ForeignUse, subject: Subject): GroundedFinding {
  const paths = files.map(({ path }) => path)
  const where = commonFolder(paths)
  const owner = owners(subject.artifact)(paths[0] ?? '')
  const what =
    files.length === 1 ? `${code(where)} is` : `${counted(files.length, 'native file')} in ${code(where)} are`
  const certain = use === 'loaded'
  const { said, ...failing } = certain
    ? failingImport(paths, subject)
    : { said: '; nothing shows whether something needs that' }
  return {
    rule: ID,
    level: certain ? 'error' : 'warning',
    confidence: certain ? 'proven' : 'heuristic',
    subject: where,
    ...(owner === undefined ? {} : { owner: owner.purl }),
    message: `${what} for ${systems(files)}: Linux cannot load ${files.length === 1 ? 'it' : 'them'} (\`invalid ELF header\`)${said}`,
    expected: `native code for ${code(architectureRow(subject.plan.architecture).platform)}`,
    actual: kinds(files),
    help: remedy(paths, owner, subject),
    ...failing,
    ...examplesOf(paths),
  }
}

function deadWeight(files: readonly ForeignFile[]): GroundedFinding {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const paths = files.map(({ path }) => path)
  return {
    rule: ID,
    level: 'note',
    confidence: 'proven',
    subject: commonFolder(paths),
    message: `${counted(files.length, 'native file')} for ${systems(files)}${bytes < SHOWN ? '' : `: ${megabytes(bytes)}`} that no function on Linux loads`,
    expected: 'native code for Linux only',
    actual: kinds(files),
    help: 'Nothing has to be done; leaving them out makes the artifact smaller.',
    ...examplesOf(paths),
    grounds: { files: paths },
    bytes,
  }
}

function systems(files: readonly ForeignFile[]): string {
  return [...new Set(files.map(({ format }) => SYSTEMS[format]))].sort().join(' and ')
}

function kinds(files: readonly ForeignFile[]): string {
  const words = files.map(({ format, processors }) => `${SYSTEMS[format]} ${processors.join(' + ')}`.trim())
  return [...new Set(words)].sort().join(', ')
}

function remedy([path = '']: readonly string[], owner: Owner | undefined, subject: Subject): string {
  const { plan } = subject
  const [view] = runtimeViews(subject)
  if (isNode(path, owner)) {
    const cpu = plan.architecture === 'arm64' ? 'arm64' : 'x64'
    const one = owner === undefined ? 'npm ci' : `npm install ${shellWord(owner.name)}`
    return `It was installed on another system: install on Linux, and keep node_modules out of the build context (\`.dockerignore\`).\n${one} --os=linux --cpu=${cpu} --libc=glibc`
  }
  if (view !== undefined && (isPython(path, owner) || /\.(?:abi3|cpython-[^.]+)\.so$/.test(path)))
    return `It was installed on another system: install the wheels for Linux.\n${reinstallPython(owner, subject, view)}`
  return `Build it on Linux for the function's processor.\ndocker buildx build --platform ${architectureRow(plan.architecture).platform} --provenance=false --sbom=false .`
}
