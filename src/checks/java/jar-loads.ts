import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import type { JarNative, JavaJar } from '../../inspect/java/java-file.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { loadInto } from '../../loader/load.ts'
import type { MissingLibrary, UnmetVersion } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { isOfHost } from '../native/host-libraries.ts'
import { hostProcess } from '../native/host-process.ts'

/** What comes of one library of a jar that is unpacked and loaded in a JVM of the runtime. */
export type JarLoad = {
  readonly native: JarNative
  /** Why it is no library at all. */
  readonly problem?: string
  readonly missing: readonly MissingLibrary[]
  readonly unmet: readonly UnmetVersion[]
  /** Libraries of the artifact's jars that it is linked with: they are unpacked beside it, or were loaded before. */
  readonly partners: readonly string[]
  /** What the evidence leaves open. */
  readonly open?: string
}

/** True when it cannot be loaded whatever its partners do. */
export function isUnloadable({ problem, missing, unmet }: JarLoad): boolean {
  return problem !== undefined || missing.length > 0 || unmet.length > 0
}

// Nothing else is there: what `$ORIGIN` leads to are the jar's own libraries, if they are unpacked too.
const UNPACKED = '/tmp/unpacked'

/**
 * Loads libraries of the artifact's jars as the code of such jars does: unpacked into a folder for temporary files and given
 * to `System.load` by path, so that LD_LIBRARY_PATH and the loader's own folders are all that is searched.
 */
export function jarLoader(
  subject: Subject,
  view: RuntimeView,
  inJars: ReadonlySet<string>,
): (native: JarNative, jar: JavaJar) => JarLoad {
  const { architecture } = subject.plan
  const { process } = hostProcess(view, architecture)
  const own = imageTree(subject.artifact).elf
  // A file of the artifact that the loader does not come to may be given to `System.load` first.
  const mayBeLoaded = ({ near }: MissingLibrary): boolean =>
    near.some(({ path, why }) => why === 'not-searched' && own.has(path))
  // The JVM has its own libraries; of the jars' nobody knows in which order they come.
  const isThere = (soname: string): boolean => inJars.has(soname) || isOfHost(soname, { by: 'java' })
  return (native, jar) => {
    const nothing = { native, missing: [], unmet: [], partners: [] }
    if (native.problem !== undefined) return { ...nothing, problem: native.problem }
    if (native.unread !== undefined) return { ...nothing, open: `${nameInJar(jar, native)}: ${native.unread}` }
    const file = unpacked(native, jar, architecture, isThere)
    if (file === undefined) return nothing
    const { result } = loadInto(process, file, posix.join(UNPACKED, posix.basename(native.name)))
    if (result.refused !== undefined) return { ...nothing, problem: 'it is no shared library' }
    return {
      native,
      partners: (native.needed ?? []).filter((name) => inJars.has(name)),
      missing: result.missing.filter((one) => !mayBeLoaded(one)),
      unmet: result.unmet,
      ...(result.open.length === 0 ? {} : { open: result.open.join('; ') }),
    }
  }
}

/** `/opt/java/lib/app.jar!/linux/x86_64/libapp.so`, as Java writes it. */
export function nameInJar({ path }: JavaJar, { name }: JarNative): string {
  return `${path}!/${name}`
}

function unpacked(
  native: JarNative,
  jar: JavaJar,
  architecture: Architecture,
  isThere: (soname: string) => boolean,
): ElfFile | undefined {
  const { type, needed, versionsNeeded } = native
  if (type === undefined || needed === undefined || versionsNeeded === undefined) return undefined
  return {
    path: nameInJar(jar, native),
    class: 64,
    littleEndian: true,
    machine: architectureRow(architecture).elfMachine,
    osAbi: native.osAbi ?? 0,
    type,
    needed: needed.filter((soname) => !isThere(soname)),
    versionsNeeded: versionsNeeded.filter(({ file }) => !isThere(file)),
    versionsDefined: [],
    ...(native.soname === undefined ? {} : { soname: native.soname }),
    ...(native.rpath === undefined ? {} : { rpath: native.rpath }),
    ...(native.runpath === undefined ? {} : { runpath: native.runpath }),
    ...(native.noDefaultFolders === undefined ? {} : { noDefaultFolders: native.noDefaultFolders }),
  }
}
