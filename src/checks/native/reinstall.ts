import { architectureRow } from '../../lambda/architecture.ts'
import { platformOptions } from '../../lambda/wheel-platforms.ts'
import type { Subject } from '../check.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { shellWord } from '../facts/wording.ts'
import { pythonVersion } from '../python/interpreter.ts'

/** A command that installs a package, or builds a file, for the platform of the function; one line, to be pasted. */
export function reinstall(path: string, owner: Owner | undefined, subject: Subject, view: RuntimeView): string {
  const { architecture, kind } = subject.plan
  const { libc } = view
  const run = kind === 'image' ? 'RUN ' : ''
  if (isPython(path, owner)) return reinstallPython(owner, subject, view)
  if (isNode(path, owner)) {
    const cpu = architecture === 'arm64' ? 'arm64' : 'x64'
    return `${run}npm ci --os=linux --cpu=${cpu} --libc=${libc?.family ?? 'glibc'}`
  }
  if (owner?.purl.startsWith('pkg:gem/')) {
    const command = 'bundle install --redownload'
    return kind === 'image' ? `RUN ${command}` : inBuildImage(command, subject)
  }
  if (kind === 'layer') return inBuildImage('make', subject)
  return `docker buildx build --platform ${architectureRow(architecture).platform} --provenance=false --sbom=false .`
}

/** What its owner is named, or all of it. */
export function reinstallPython(owner: Owner | undefined, subject: Subject, view: RuntimeView): string {
  return installPython(owner === undefined ? '-r requirements.txt' : shellWord(owner.name), subject, view)
}

/** Wheels for the runtime's Python and C library, never a source build. `what`: as pip's arguments. */
export function installPython(what: string, { plan }: Subject, view: RuntimeView): string {
  const [run, target] = plan.kind === 'image' ? ['RUN ', '.'] : ['', 'python']
  const version = pythonVersion(view)
  const language = version === undefined ? '' : ` --python-version ${version}`
  return `${run}pip install ${platformOptions(plan.architecture, view.libc)}${language} --only-binary=:all: --upgrade --target ${target} ${what}`
}

/** A command run in the image in which SAM builds for the layer's runtime. */
export function inBuildImage(command: string, { plan }: Subject): string {
  const { platform } = architectureRow(plan.architecture)
  const image = `public.ecr.aws/sam/build-${plan.runtime?.id ?? 'provided.al2023'}`
  return `docker run --rm --platform ${platform} -v "$PWD":/work -w /work ${image} ${command}`
}

export function isPython(path: string, owner: Owner | undefined): boolean {
  return owner?.purl.startsWith('pkg:pypi/') ?? /\/(?:site-packages|dist-packages|python)\//.test(path)
}

export function isNode(path: string, owner: Owner | undefined): boolean {
  return owner?.purl.startsWith('pkg:npm/') ?? /\/node_modules\//.test(path)
}
