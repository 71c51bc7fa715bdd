import { architectureRow } from '../../lambda/architecture.ts'
import type { UnmetVersion } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, shellWord } from '../facts/wording.ts'
import { definedInBuild } from './build-library.ts'
import { movableStage } from './build-place.ts'
import { inBuildImage, isNode, isPython, reinstall } from './reinstall.ts'

/** How to get code for an older system than the one it was built on: a sentence and something to paste. */
export function versionRemedy(
  path: string,
  owner: Owner | undefined,
  unmet: readonly UnmetVersion[],
  subject: Subject,
  view: RuntimeView,
): string {
  if (isPython(path, owner) && owner !== undefined && view.libc?.family === 'glibc') {
    return `It was built on a newer system: install a wheel for the runtime's C library; where there is none, pin an older version of the package.\n${reinstall(path, owner, subject, view)}`
  }
  const isCompiledHere = !isNode(path, owner) || /\/build\/(?:Release|Debug)\//.test(path)
  if (!isCompiledHere) {
    const name = owner === undefined ? 'the package' : code(owner.name)
    return `Its prebuilt file was made on a newer system: pin a version of ${name} whose file fits, or compile it where the function runs.\n${compileAddon(owner, subject)}`
  }
  const moved = otherBase(unmet, subject)
  if (moved !== undefined) return moved
  if (isNode(path, owner)) {
    return `It was compiled on a newer system: compile it where the function runs.\n${compileAddon(owner, subject)}`
  }
  if (imageTree(subject.artifact).elf.get(path)?.interpreter !== undefined) {
    // Nobody knows the language of a program by its bytes; GCC's libraries are C++.
    if (unmet.every(isOfCompiler))
      return `It was built with a newer compiler: build it where the function runs${orStatically(unmet)}.\n${compile(subject)}`
    const target = subject.plan.architecture === 'arm64' ? 'aarch64' : 'x86_64'
    const zig = `cargo zigbuild --target ${target}-unknown-linux-gnu.${view.libc?.version ?? '2.34'}`
    return `It was built on a newer system: build it where the function runs, or for its C library (Rust: ${code(zig)}; Go: ${code('CGO_ENABLED=0')}).\n${compile(subject)}`
  }
  return `It was built on a newer system: compile it where the function runs${orStatically(unmet)}.\n${compile(subject)}`
}

/** Where the stage that compiled it is known, its FROM is the line to change. */
function otherBase(unmet: readonly UnmetVersion[], subject: Subject): string | undefined {
  const stage = movableStage(subject)
  if (stage === undefined || !unmet.some((one) => definedInBuild(one, subject) !== undefined)) return undefined
  return `Compile it on the system that runs it: let ${stage.words} start from the final stage's base${orStatically(unmet)}; or let the final stage start from a base as new as that of the build stage.\n${stage.from}`
}

function compileAddon(owner: Owner | undefined, subject: Subject): string {
  const command = `npm rebuild --build-from-source${owner === undefined ? '' : ` ${shellWord(owner.name)}`}`
  return subject.plan.kind === 'image' ? `RUN ${command}` : inBuildImage(command, subject)
}

function compile(subject: Subject): string {
  const { plan } = subject
  if (plan.kind === 'layer') return inBuildImage('make', subject)
  const base = plan.base?.reference ?? plan.runtime?.baseImage
  const { platform } = architectureRow(plan.architecture)
  return base === undefined ? `docker buildx build --platform ${platform} .` : `FROM ${base} AS build`
}

function isOfCompiler({ soname }: UnmetVersion): boolean {
  return /^lib(?:stdc\+\+|gcc_s)\.so/.test(soname)
}

/** GCC's own libraries can be linked in; the C library of glibc should not be. */
function orStatically(unmet: readonly UnmetVersion[]): string {
  return unmet.every(isOfCompiler) ? `, or link it with ${code('-static-libstdc++ -static-libgcc')}` : ''
}
