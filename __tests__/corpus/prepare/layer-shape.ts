import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Damage } from '../install.ts'
import { isElf } from './is-elf.ts'

type Shape = Extract<Damage, `in-${string}` | `private-${'modes' | 'addons' | 'license'}`>

export function isShape(damage: Damage): damage is Shape {
  return /^in-node|^private-(?!libraries)/.test(damage)
}

/** What shows in a finished zip only. */
export function isModes(damage: Damage): boolean {
  return isShape(damage) && damage.startsWith('private-')
}

/** Gives a copy of a good layer of npm packages, whose files are hard links, another shape. Says why it cannot. */
export function shapeLayer(layer: string, shape: Shape, requirement: string): string | undefined {
  const modules = join(layer, 'nodejs/node_modules')
  if (shape === 'in-node22' || shape === 'in-node20') {
    const folder = join(layer, 'nodejs', shape.slice('in-'.length))
    mkdirSync(folder)
    renameSync(modules, join(folder, 'node_modules'))
    return undefined
  }
  const names = requirement.split(' ').map((one) => one.replace(/(?<=.)@.*$/, ''))
  const files =
    shape === 'private-addons'
      ? filesBelow(modules).filter(isElf)
      : names.flatMap((name) => filesBelow(join(modules, name)))
  const wanted = shape === 'private-license' ? files.filter((path) => /\/(?:LICENSE|README)[^/]*$/i.test(path)) : files
  for (const path of wanted) {
    // A file of its own: the good install keeps its mode.
    copyFileSync(path, `${path}.new`)
    renameSync(`${path}.new`, path)
    chmodSync(path, 0o700)
  }
  return wanted.length === 0 ? 'nothing of the kind in the layer' : undefined
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
