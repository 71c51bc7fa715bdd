import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'
import type { GrowingMembers } from './process.ts'
import { findPath, findSoname } from './search.ts'

/** Objects of LD_PRELOAD, after the program and before what it needs. Those that cannot be loaded are only warned of. */
export function preloaded(system: LoaderSystem, main: Member, members: GrowingMembers): readonly Member[] {
  const names = (system.view.environment.LD_PRELOAD ?? '').split(/[ :]+/).filter((name) => name !== '')
  return names.flatMap((name) => {
    const found = name.includes('/') ? findPath(system, main, name) : findSoname(system, main, main, name)
    const { candidate } = found
    if (candidate?.file === undefined || !found.taken) return []
    if (members.identified(candidate.identity) !== undefined) return []
    const { file, path, identity } = candidate
    const member: Member = { file, path, identity, how: found.how, loader: main }
    members.add(member, [name, path, ...(file.soname === undefined ? [] : [file.soname])])
    return [member]
  })
}
