import type { RuntimeFacts } from '../checks/check.ts'
import { ActionError, toActionError } from '../errors.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { startedAs } from '../inspect/local-name.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { Containers } from '../ports/containers.ts'
import type { EmulatorBinaries } from '../ports/emulator.ts'
import { notAnEmulator } from './emulator-binary.ts'

/** Where AWS's base images have it. */
export const IMAGE_EMULATOR = '/usr/local/bin/aws-lambda-rie'

/** `image`: the image's own, by its path there. `brought`: bytes that are mounted. `none`: why there is none. */
export type Emulator =
  | { readonly from: 'image'; readonly path: string }
  | { readonly from: 'brought'; readonly content: Uint8Array; readonly source: string }
  | { readonly from: 'none'; readonly reason: string }

export type EmulatorSearch = {
  readonly riePath: string | undefined
  readonly architecture: Architecture
  readonly artifact: Evidence
  readonly runtime: RuntimeFacts | undefined
}

/** In the contract's order: `rie-path`, the image's own, the runtime image's own, a pinned release. */
export async function findEmulator(
  search: EmulatorSearch,
  ports: { readonly containers: Containers; readonly emulators: EmulatorBinaries },
): Promise<Emulator> {
  const { architecture, riePath } = search
  if (riePath !== undefined) {
    return { from: 'brought', content: await givenEmulator(riePath, architecture, ports.emulators), source: riePath }
  }
  if (hasEmulator(search.artifact)) return { from: 'image', path: IMAGE_EMULATOR }
  const reasons: string[] = ['the image has none']
  const { runtime } = search
  if (runtime?.evidence !== undefined && hasEmulator(runtime.evidence)) {
    const content = await ports.containers.readImageFile(startedAs(runtime.evidence), IMAGE_EMULATOR)
    const fault = content === undefined ? 'it could not be read' : notAnEmulator(content, architecture)
    if (content !== undefined && fault === undefined) return { from: 'brought', content, source: runtime.reference }
    reasons.push(`that of ${runtime.reference} cannot be used (${fault})`)
  } else if (runtime !== undefined) {
    reasons.push(`the runtime image ${runtime.reference} has none`)
  }
  try {
    return { from: 'brought', content: await ports.emulators.release(architecture), source: 'the pinned release' }
  } catch (error) {
    reasons.push(toActionError(error).message)
    return { from: 'none', reason: `No runtime interface emulator: ${reasons.join('; ')}. Give one with rie-path.` }
  }
}

async function givenEmulator(
  path: string,
  architecture: Architecture,
  emulators: EmulatorBinaries,
): Promise<Uint8Array> {
  const file = await emulators.local(path)
  const fault =
    file === undefined
      ? 'there is no such file'
      : (notAnEmulator(file.content, architecture) ?? (file.executable ? undefined : 'it is not executable'))
  if (file !== undefined && fault === undefined) return file.content
  throw new ActionError('invalid-input', `rie-path: ${path} cannot be run as runtime interface emulator: ${fault}.`, {
    help: `Give the path of an executable aws-lambda-rie for ${architecture} (chmod +x), or leave rie-path out.`,
  })
}

/** A link counts too: what it leads to is the image's business. */
function hasEmulator(evidence: Evidence): boolean {
  const entry = evidence.files.find((file) => file.path === IMAGE_EMULATOR)
  return entry !== undefined && (entry.type === 'symlink' || (entry.type !== 'directory' && (entry.mode & 0o001) !== 0))
}
