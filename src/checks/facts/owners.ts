import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import { gemOwner } from './gem-owner.ts'
import { pythonOwners } from './python-owners.ts'

/** The package that a file belongs to. */
export type Owner = {
  /** Without version: `pkg:npm/%40img/sharp-linux-x64`, `pkg:pypi/numpy`. */
  readonly purl: string
  readonly name: string
  readonly version?: string
  /** Its folder; of a Python distribution its dist-info, of a jar the jar. */
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
  const python = pythonOwners(pythonDistributions(facts.python))
  // Few of a system's jars are ever asked for.
  const jars = new Map(facts.java.flatMap((file) => (file.kind === 'jar' ? [[file.path, file] as const] : [])))
  const npm = new Map<string, Owner>()
  for (const file of facts.node) if (file.kind === 'package') npm.set(posix.dirname(file.path), npmOwner(file))
  const folders = new Map<string, Owner | undefined>()
  // Whole folders are asked for file by file. What is claimed by its own path lies as deep as a claim can.
  const ofFolder = (folder: string): Owner | undefined => {
    if (!folders.has(folder))
      folders.set(folder, innermost([python.ofFolder(folder), npmPackage(folder, npm), gemOwner(`${folder}/`)]))
    return folders.get(folder)
  }
  return (path) => {
    const jar = jars.get(path)
    return jar === undefined ? (python.ofFile(path) ?? ofFolder(posix.dirname(path))) : jarOwner(jar)
  }
}

/** A Python distribution may bring a node_modules folder, and an npm package Python code: who lies deeper knows better. */
function innermost(candidates: readonly ({ owner: Owner; depth: number } | undefined)[]): Owner | undefined {
  let best: { owner: Owner; depth: number } | undefined
  for (const one of candidates) if (one !== undefined && one.depth > (best?.depth ?? 0)) best = one
  return best?.owner
}

// What npm installed, whatever package.json files the package keeps in folders of its own.
const INSTALLED = /^.*\/node_modules\/(?:@[^/]+\/)?[^/@.][^/]*(?=\/)/

function npmPackage(inFolder: string, byFolder: ReadonlyMap<string, Owner>) {
  const installed = INSTALLED.exec(`${inFolder}/`)?.[0]
  const owner = installed === undefined ? undefined : byFolder.get(installed)
  const found = owner ?? nearest(inFolder, byFolder)
  return found === undefined ? undefined : { owner: found, depth: found.folder.length }
}

function nearest(inFolder: string, byFolder: ReadonlyMap<string, Owner>): Owner | undefined {
  for (let folder = inFolder; folder.length > 1; folder = posix.dirname(folder)) {
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

/** By `group:artifact` of its pom.properties, else by its file name, which Maven ends in the version. */
function jarOwner({ path, coordinates }: { readonly path: string; readonly coordinates?: string }): Owner {
  const [group, artifact] = coordinates?.split(':') ?? []
  if (group !== undefined && artifact !== undefined) {
    return { purl: `pkg:maven/${group}/${artifact}`, name: `${group}:${artifact}`, folder: path }
  }
  const name = posix.basename(path, posix.extname(path))
  return { purl: `pkg:generic/${encodeURIComponent(name)}`, name, folder: path }
}
