import type { ElfFile } from '../../inspect/evidence.ts'
import { type LoaderProcess, loadInto, startProcess } from '../../loader/load.ts'
import { loaderSystem } from '../../loader/loader-system.ts'
import type { Subject } from '../check.ts'
import { imageTree, isWithin } from '../facts/image-tree.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import { owners } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { gemHomes, rubyApi } from './gem-home.ts'

/**
 * The compiled extensions of gems that the runtime's Ruby finds: `extensions/<platform>/<api>/<gem>`, and `lib` of gems
 * that came compiled. A gem requires its extension as soon as it is required itself.
 */
export function rubyLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const api = rubyApi(view)
  const homes = gemHomes(subject).filter((home) => home.api === undefined || home.api === api)
  if (api === undefined || homes.length === 0) return []
  const owner = owners(subject.artifact)
  const ruby = startedRuby(subject, view)
  const loads: NativeLoad[] = []
  for (const file of imageTree(subject.artifact).elf.values()) {
    const home = homes.find(({ path }) => isWithin(file.path, path))
    if (home === undefined || !isExtension(file, home.path, api)) continue
    const of = owner(file.path)
    loads.push({
      file,
      by: 'ruby',
      need: 'required',
      because: `required by the gem in ${file.path.split('/').slice(0, -1).join('/')}`,
      ...(of === undefined ? {} : { owner: of }),
      result: loadInto(ruby, file).result,
    })
  }
  return loads
}

function startedRuby(subject: Subject, view: RuntimeView): LoaderProcess {
  const system = loaderSystem(view, subject.plan.architecture)
  const program = ['/var/lang/bin/ruby', '/usr/local/bin/ruby', '/usr/bin/ruby'].flatMap((path) => {
    const entry = view.tree.resolve(path)
    return entry === undefined ? [] : (view.tree.elf.get(entry.path) ?? [])
  })
  return startProcess(system, program[0]).process
}

function isExtension({ path }: ElfFile, home: string, api: string): boolean {
  const inside = path.slice(home.length + 1)
  if (!inside.endsWith('.so')) return false
  const [folder, , version] = inside.split('/')
  if (folder === 'extensions') return version?.startsWith(api.replace(/\.\d+$/, '')) ?? false
  if (folder !== 'gems') return false
  const [, lib] = /^gems\/[^/]+\/lib\/(.+)$/.exec(inside) ?? []
  if (lib === undefined) return false
  const [, minor] = /(?:^|\/)(\d+\.\d+)\/[^/]+$/.exec(lib) ?? []
  return minor === undefined || minor === api.replace(/\.\d+$/, '')
}
