import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { run, succeeds } from '../../../lab/process/command.ts'
import type { Damage } from '../install.ts'
import { excludeFiles, isExclusion, removePlatformPackages } from './exclusions.ts'
import { isElf } from './is-elf.ts'
import { isShape, shapeLayer } from './layer-shape.ts'
import { isLost, lostScripts } from './lost-scripts.ts'
import { everyRequirement, largestRequirement } from './requirements.ts'

/** Damages a copy of a good layer whose files are hard links: files are replaced, never written to. Says why it cannot. */
export async function damageLayer(layer: string, damage: Damage, requirement: string): Promise<string | undefined> {
  if (damage === 'private-libraries-deleted')
    return removeAll(
      layer,
      folders(layer).filter((path) => path.endsWith('.libs')),
    )
  if (damage === 'prebuilds-pruned')
    return removeAll(
      layer,
      folders(layer).filter((path) => /\/prebuilds\/linux-x64$/.test(path)),
    )
  if (damage === 'requirement-deleted' || damage === 'no-deps') {
    const gone = damage === 'no-deps' ? everyRequirement : largestRequirement
    const impossible = removeAll(layer, gone(join(layer, 'python'), requirement))
    removeEmpty(layer)
    return impossible
  }
  if (damage === 'metadata-deleted')
    return removeAll(
      layer,
      folders(layer).filter((path) => path.endsWith('.dist-info')),
    )
  if (damage === 'tests-deleted')
    return removeAll(
      layer,
      folders(layer).filter((path) => /\/tests?$/.test(path)),
    )
  if (damage === 'bytecode-only') return await bytecodeOnly(layer)
  if (damage === 'stripped') return await stripped(layer)
  if (isExclusion(damage)) return excludeFiles(layer, damage)
  if (damage === 'platform-packages-deleted') return removePlatformPackages(layer)
  if (isLost(damage)) return removeAll(layer, lostScripts(layer, damage, requirement))
  if (isShape(damage)) return shapeLayer(layer, damage, requirement)
  const native = nativeFilesOf(layer, requirement)
  const bySize = native.toSorted((a, b) => statSync(b).size - statSync(a).size)
  const [largest] = bySize
  if (largest === undefined) return 'the layer has no native file'
  if (damage === 'native-files-deleted') return removeAll(layer, native)
  if (damage === 'uncompiled') {
    const impossible = removeAll(layer, native)
    forget(join(layer, 'python'), native)
    return impossible
  }
  if (damage === 'largest-deleted') return removeAll(layer, [largest])
  if (damage === 'smallest-deleted') return removeAll(layer, bySize.slice(-1))
  replace(largest, damage)
  return undefined
}

function replace(
  file: string,
  damage: Extract<Damage, `largest-${'halved' | 'emptied' | 'git-lfs' | 'zeroed'}`>,
): void {
  const content = readFileSync(file)
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'5a'.repeat(32)}\nsize ${content.length}\n`
  const wanted = {
    'largest-halved': content.subarray(0, content.length >> 1),
    'largest-emptied': '',
    'largest-git-lfs': pointer,
    'largest-zeroed': Buffer.alloc(content.length),
  }
  rewrite(file, wanted[damage])
}

function removeAll(layer: string, paths: readonly string[]): string | undefined {
  if (paths.length === 0) return 'nothing of the kind in the layer'
  // One may lie in another.
  for (const path of paths) rmSync(path, { recursive: true, force: true })
  return existsSync(layer) ? undefined : 'the layer is gone'
}

/** By the Python of this machine, which has to be the runtime's release. */
async function bytecodeOnly(layer: string): Promise<string | undefined> {
  const release = await run('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])
  if (release.trim() !== '3.11') return 'no Python 3.11 here to compile with'
  // What cannot be compiled (templates, code for Python 2) stays as it is.
  await succeeds('python3', ['-m', 'compileall', '-b', '-q', layer])
  const compiled = files(layer).filter((path) => path.endsWith('.py') && existsSync(`${path}c`))
  return removeAll(layer, compiled)
}

async function stripped(layer: string): Promise<string | undefined> {
  const native = files(layer).filter(isElf)
  if (native.length === 0) return 'the layer has no native file'
  for (const path of native) {
    // Files for other processors are left as they are.
    if (await succeeds('strip', ['-o', `${path}.new`, path])) renameSync(`${path}.new`, path)
    else rmSync(`${path}.new`, { force: true })
  }
  return undefined
}

/** pip makes no folder for what it does not install; Python would take an empty one for a namespace. */
function removeEmpty(layer: string): void {
  const deepestFirst = folders(layer).toSorted((a, b) => b.length - a.length)
  for (const folder of deepestFirst) if (readdirSync(folder).length === 0) rmdirSync(folder)
}

/** Takes files out of every RECORD, and says of their wheels that they are for any platform. */
function forget(site: string, gone: readonly string[]): void {
  const names = new Set(gone.map((path) => relative(site, path)))
  for (const info of readdirSync(site).filter((entry) => entry.endsWith('.dist-info'))) {
    const record = join(site, info, 'RECORD')
    const lines = readFileSync(record, 'utf8').split('\n')
    const kept = lines.filter((line) => !names.has(line.replace(/,[^,]*,[^,]*$/, '').replace(/^"|"$/g, '')))
    if (kept.length === lines.length) continue
    rewrite(record, kept.join('\n'))
    const wheel = join(site, info, 'WHEEL')
    rewrite(
      wheel,
      `${readFileSync(wheel, 'utf8').replace(/^(?:Root-Is-Purelib|Tag):.*\n/gm, '')}Root-Is-Purelib: true\nTag: py3-none-any\n`,
    )
  }
}

function rewrite(file: string, content: string | Buffer): void {
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}

/** Native files of the requested package, else of all packages. */
function nativeFilesOf(layer: string, requirement: string): readonly string[] {
  const native = files(layer).filter(isElf)
  const name = requirement.replace(/^(@?[^[@=<> ]+).*$/, '$1')
  const own = ownFiles(layer, name)
  const ofIt = native.filter((path) => own(relative(layer, path)))
  return ofIt.length === 0 ? native : ofIt
}

function ownFiles(layer: string, name: string): (path: string) => boolean {
  const python = join(layer, 'python')
  if (!existsSync(python)) return (path) => path.startsWith(`nodejs/node_modules/${name}/`)
  const folder = readdirSync(python).find(
    (entry) => entry.endsWith('.dist-info') && normal(entry.split('-')[0] ?? '') === normal(name),
  )
  const record = folder === undefined ? '' : readFileSync(join(python, folder, 'RECORD'), 'utf8')
  const listed = new Set(
    record.split('\n').map((line) => `python/${line.replace(/,[^,]*,[^,]*$/, '').replace(/^"|"$/g, '')}`),
  )
  // Libraries that auditwheel put beside the package are not the package's extension modules.
  return (path) => listed.has(path) && !basename(dirname(path)).endsWith('.libs')
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

function entries(layer: string) {
  return readdirSync(layer, { recursive: true, withFileTypes: true })
}

function folders(layer: string): readonly string[] {
  return entries(layer)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
}

function files(layer: string): readonly string[] {
  return entries(layer)
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
