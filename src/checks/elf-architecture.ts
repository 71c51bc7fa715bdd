import type { ElfFile } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { Check, Finding, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { nativeness, processor } from './facts/machine.ts'
import { packageFolder } from './facts/package-folder.ts'
import { isPlatformVariant, variantKey } from './facts/platform-variant.ts'
import { parseShebang } from './facts/shebang.ts'
import { findInPath, startProgram } from './facts/start-program.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted, megabytes } from './facts/wording.ts'

const ID = 'elf-architecture'

export const elfArchitecture: Check = {
  id: ID,
  title: "Native code is for the function's processor",
  appliesTo: () => true,
  run(subject) {
    const { architecture } = subject.plan
    const isForeign = (file: ElfFile): boolean => nativeness(file, architecture) === 'foreign'
    const started = startedPrograms(subject).filter(isForeign)
    const others = userFiles(subject).filter((file) => !started.includes(file))
    const loadable = others.filter((file) => nativeness(file, architecture) === 'native')
    const keys = new Set(loadable.map(({ path }) => variantKey(path)))
    const foreign = groupBy(others.filter(isForeign), (file) =>
      keys.has(variantKey(file.path)) ? 'spare' : isVariant(file) ? 'variant' : 'wrong',
    )
    const wrong = groupBy(foreign.get('wrong') ?? [], ({ path }) => packageFolder(path))
    return {
      findings: [
        ...some(started).map((files) => cannotStart(files, architecture)),
        ...[...wrong.values()].map((files) => cannotLoad(files, architecture)),
        ...some(foreign.get('variant')).map((files) => otherPlatform(files, architecture)),
        ...some(foreign.get('spare')).map((files) => deadWeight(files, subject)),
      ],
    }
  },
}

/** The files as one group, or no group. */
function some(files: readonly ElfFile[] = []): readonly (readonly ElfFile[])[] {
  return files.length === 0 ? [] : [files]
}

/** What runs first whatever the configuration claims: the program, its interpreter, the language of an AWS base image. */
function startedPrograms({ artifact }: Subject): readonly ElfFile[] {
  const tree = imageTree(artifact)
  const program = startProgram(artifact)?.file
  const shebang = parseShebang(program === undefined ? '' : (artifact.firstLines[program.path] ?? ''))
  const interpreter = shebang === undefined ? undefined : tree.resolve(shebang.interpreter)
  const named = shebang?.program === undefined ? undefined : findInPath(shebang.program, artifact)
  const languages = artifact.files.filter((entry) => entry.path.startsWith('/var/lang/bin/') && isFile(entry))
  const paths = [program, interpreter, named, ...languages].flatMap((entry) =>
    entry === undefined ? [] : [entry.path],
  )
  return [...new Set(paths)].flatMap((path) => tree.elf.get(path) ?? [])
}

function userFiles(subject: Subject): readonly ElfFile[] {
  const scope = userScope(subject)
  const { entries } = imageTree(subject.artifact)
  return subject.artifact.elf.filter(({ path }) => {
    const entry = entries.get(path)
    return entry !== undefined && scope.contains(entry)
  })
}

/** 32-bit x86 code is not wrong on x86_64 for certain: Linux runs it, and whether Lambda does is not documented. */
function isVariant(file: ElfFile): boolean {
  return file.machine === 3 || isPlatformVariant(file.path)
}

function cannotStart(files: readonly ElfFile[], architecture: Architecture): Finding {
  const listed = facts(files, architecture)
  return {
    ...listed,
    level: 'error',
    confidence: 'proven',
    message: `${code(files[0]?.path ?? '')} is for ${listed.actual}: a function for ${code(architecture)} cannot start it (\`exec format error\`)`,
    subject: files[0]?.path ?? listed.subject,
    help: rebuild(architecture),
  }
}

function cannotLoad(files: readonly ElfFile[], architecture: Architecture): Finding {
  const listed = facts(files, architecture)
  const what =
    files.length === 1 ? code(listed.subject) : `${counted(files.length, 'native file')} in ${code(listed.subject)}`
  return {
    ...listed,
    level: 'error',
    confidence: 'proven',
    message: `${what} cannot run on ${code(architecture)}: built for ${listed.actual}`,
    help: rebuild(architecture),
  }
}

function otherPlatform(files: readonly ElfFile[], architecture: Architecture): Finding {
  return {
    ...facts(files, architecture),
    level: 'warning',
    confidence: 'heuristic',
    message: `${counted(files.length, 'native file')} made for another platform, and none of the same name for ${code(architecture)}: what needs them does not work`,
    help: `Install the variants for the function's platform; harmless when nothing uses these packages.\nnpm ci --os=linux --cpu=${architecture === 'arm64' ? 'arm64' : 'x64'} --libc=glibc`,
  }
}

function deadWeight(files: readonly ElfFile[], { artifact, plan }: Subject): Finding {
  const { entries } = imageTree(artifact)
  const bytes = files.reduce((sum, { path }) => sum + (entries.get(path)?.size ?? 0), 0)
  return {
    ...facts(files, plan.architecture),
    level: 'note',
    confidence: 'proven',
    message: `${counted(files.length, 'native file')} for other platforms lie beside those for ${code(plan.architecture)}: ${megabytes(bytes)} that no function loads`,
    help: 'Nothing has to be done; leaving them out makes the image smaller.',
    bytes,
  }
}

function facts(files: readonly ElfFile[], architecture: Architecture) {
  const paths = files.map(({ path }) => path)
  return {
    rule: ID,
    subject: commonFolder(paths),
    expected: code(architecture),
    actual: [...new Set(files.map(processor))].sort().join(', '),
    ...examplesOf(paths),
  } as const
}

function rebuild(architecture: Architecture): string {
  const { platform } = architectureRow(architecture)
  return `Build or install it for ${code(platform)}: inside the image, not copied from another machine.\ndocker buildx build --platform ${platform} --provenance=false --sbom=false`
}
