import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import type { NodePackage } from '../../inspect/node/node-file.ts'

/** The package that a file belongs to. */
export type Owner = {
  /** Without version: `pkg:npm/%40img/sharp-linux-x64`, `pkg:pypi/numpy`. */
  readonly purl: string
  readonly name: string
  readonly version?: string
  /** Its folder; of a Python distribution its dist-info. */
  readonly folder: string
  /** Of an npm package: the platforms that its package.json names. */
  readonly npm?: Pick<NodePackage, 'os' | 'cpu' | 'libc'>
}

/** Owner of an absolute path, or `undefined`: nearest package.json with a name, distribution by RECORD, gem, jar. */
export type Owners = (path: string) => Owner | undefined

const known = new WeakMap<Evidence, Owners>()

export function owners(evidence: Evidence): Owners {
  const found = known.get(evidence) ?? search(evidence)
  known.set(evidence, found)
  return found
}

function search({ facts }: Evidence): Owners {
  const npm = new Map<string, Owner>()
  for (const file of facts.node) if (file.kind === 'package') npm.set(posix.dirname(file.path), npmOwner(file))
  return (path) => nearest(path, npm)
}

function nearest(path: string, byFolder: ReadonlyMap<string, Owner>): Owner | undefined {
  for (let folder = posix.dirname(path); folder.length > 1; folder = posix.dirname(folder)) {
    const owner = byFolder.get(folder)
    if (owner !== undefined) return owner
  }
  return undefined
}

function npmOwner({ path, name, version, os, cpu, libc }: NodePackage): Owner {
  return {
    purl: `pkg:npm/${name.replace(/^@/, '%40')}`,
    name,
    ...(version === undefined ? {} : { version }),
    folder: posix.dirname(path),
    npm: { ...(os && { os }), ...(cpu && { cpu }), ...(libc && { libc }) },
  }
}
