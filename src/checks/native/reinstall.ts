import { posix } from 'node:path'
import { architectureRow } from '../../lambda/architecture.ts'
import { platformOptions } from '../../lambda/wheel-platforms.ts'
import type { Subject } from '../check.ts'
import { codeFolders } from '../facts/code-folders.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { shellWord } from '../facts/wording.ts'
import { hasOwnPip } from '../python/image-pip.ts'
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

/** The version that is there, where it lies, or all of it. */
export function reinstallPython(owner: Owner | undefined, subject: Subject, view: RuntimeView): string {
  if (owner === undefined) return installPython('-r requirements.txt', subject, view)
  const { name, version, folder } = owner
  const what = shellWord(version === undefined ? name : `${name}==${version}`)
  return installPython(what, subject, view, posix.dirname(folder))
}

/** Where its version is what is wrong about it. */
export function ofAnyVersion(owner: Owner): Owner {
  const { version: _, ...rest } = owner
  return rest
}

/** Wheels for the runtime's Python and C library, never a source build. `what`: as pip's arguments. */
export function installPython(what: string, { plan }: Subject, view: RuntimeView, folder?: string): string {
  const version = pythonVersion(view)
  const language = version === undefined ? '' : ` --python-version ${version}`
  const elsewhere = `${platformOptions(plan.architecture, view.libc)}${language} `
  const isImage = plan.kind === 'image'
  const [run, target, options] = isImage
    ? ['RUN ', folder ?? codeFolders(view)[0], hasOwnPip(view) ? '' : elsewhere]
    : ['', folder === undefined ? 'python' : posix.relative('/opt', folder) || '.', elsewhere]
  return `${run}pip install ${options}--only-binary=:all: --upgrade --target ${target} ${what}`
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
