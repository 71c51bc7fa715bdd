import type { Subject } from '../../src/checks/check.ts'
import type { ElfFile, Evidence, OsRelease } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import type { SystemPackage } from '../../src/inspect/packages/system-package.ts'
import { baseElf, baseFiles, makeEvidence, makeFile, makeImageFacts } from './evidence.ts'
import { makePlan } from './plan.ts'

const BOOKWORM: OsRelease = { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' }

/** A stage `build` of a newer Debian: these native files, and an inventory of these packages. */
export function makeBuildStage(elf: readonly ElfFile[], packages: readonly SystemPackage[] = []): Evidence {
  return makeEvidence({
    subject: { reference: 'gcc:12', platform: 'linux/amd64' },
    image: makeImageFacts({ id: `sha256:${'c'.repeat(64)}`, environment: { PATH: '/usr/bin' } }),
    os: BOOKWORM,
    libc: { family: 'glibc', version: '2.36' },
    files: [...baseFiles(), ...elf.map(({ path }) => makeFile(path))],
    elf: [...baseElf().filter(({ path }) => !elf.some((one) => one.path === path)), ...elf],
    facts: { ...NO_FACTS, packages: [{ path: '/var/lib/dpkg/status', format: 'dpkg', packages }] },
  })
}

/** The subject with that stage, which its Dockerfile names in line 1, before a final stage on AWS's base. */
export function builtIn(build: Evidence, subject: Subject): Subject {
  const plan = makePlan({
    base: { reference: 'public.ecr.aws/lambda/nodejs:22', line: 5 },
    buildImage: { from: 'stage', name: 'build', base: 'gcc:12', line: 1 },
  })
  return { ...subject, build, buildStage: { name: 'build' }, plan: subject.plan.kind === 'image' ? plan : subject.plan }
}
