import { architectureRow } from '../../lambda/architecture.ts'
import type { Subject } from '../check.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { reinstallPython } from '../python/pip-install.ts'

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
