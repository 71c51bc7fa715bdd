import { posix } from 'node:path'
import type { Evidence, Libc, OsRelease } from './evidence.ts'
import type { FileSystem } from './file-system.ts'
import { type FileTree, fileTree } from './file-tree.ts'
import { findLibrary, findProgram } from './library-search.ts'
import { osRelease } from './os-release.ts'
import { highestVersion } from './symbol-version.ts'

type Environment = Readonly<Record<string, string>>
type Source = { readonly fileSystem: FileSystem; readonly tree: FileTree; readonly environment: Environment }

/** Operating system, C library and tools of an image, from its files alone: nothing is run. */
export function systemFacts(fileSystem: FileSystem, environment: Environment): Pick<Evidence, 'os' | 'libc' | 'tools'> {
  const source = { fileSystem, tree: fileTree(fileSystem.files), environment }
  const os = operatingSystem(source)
  const libc = cLibrary(source)
  return {
    ...(os === undefined ? {} : { os }),
    ...(libc === undefined ? {} : { libc }),
    tools: tools(source),
  }
}

function operatingSystem({ fileSystem, tree }: Source): OsRelease | undefined {
  const read = (path: string) => fileSystem.texts.get(tree.resolve(path)?.path ?? '')
  const text = read('/etc/os-release') ?? read('/usr/lib/os-release')
  return text === undefined ? undefined : osRelease(text, read('/etc/system-release') ?? systemRelease(fileSystem))
}

/** Version of the package that carries /etc/system-release on Amazon Linux, where the file itself was removed. */
function systemRelease({ facts }: FileSystem): string {
  const [release] = facts.packages.flatMap(({ packages }) => packages.filter(({ name }) => name === 'system-release'))
  return release?.version ?? ''
}

/** An image may hold both families (musl-tools, gcompat): the one that most of its programs start with is its own. */
function cLibrary({ fileSystem, tree, environment }: Source): Libc | undefined {
  const interpreters = [...fileSystem.elf.values()].flatMap(({ interpreter }) => interpreter ?? [])
  const musl = interpreters.filter((interpreter) => posix.basename(interpreter).startsWith('ld-musl-'))
  const glibcPath = findLibrary('libc.so.6', tree, environment)
  if (glibcPath !== undefined && musl.length * 2 <= interpreters.length) {
    const { versionsDefined = [] } = fileSystem.elf.get(glibcPath) ?? {}
    const version = fileSystem.versions.get(glibcPath) ?? highestVersion('GLIBC', versionsDefined)
    if (version !== undefined) return { family: 'glibc', version }
  }
  const muslPath = fileSystem.files.find(({ path }) => /^\/(usr\/)?lib\/ld-musl-[^/]+\.so\.1$/.test(path))?.path
  const version = fileSystem.versions.get(tree.resolve(muslPath ?? '')?.path ?? '')
  return version === undefined ? undefined : { family: 'musl', version }
}

function tools(source: Source): Record<string, string> {
  const found = {
    libstdcxx: libstdcxx(source),
    openssl: openssl(source),
    node: node(source),
    python: python(source),
    java: java(source),
    ruby: ruby(source),
    dotnet: dotnet(source),
  }
  return Object.fromEntries(Object.entries(found).filter((tool): tool is [string, string] => tool[1] !== undefined))
}

function libstdcxx({ fileSystem, tree, environment }: Source): string | undefined {
  const path = findLibrary('libstdc++.so.6', tree, environment)
  return highestVersion('GLIBCXX', fileSystem.elf.get(path ?? '')?.versionsDefined ?? [])
}

function openssl({ fileSystem, tree, environment }: Source): string | undefined {
  return ['libcrypto.so.3', 'libcrypto.so.1.1', 'libcrypto.so.10']
    .map((name) => fileSystem.versions.get(findLibrary(name, tree, environment) ?? ''))
    .find((version) => version !== undefined)
}

/** From the headers that stand beside the program (`<prefix>/include/node`), else from the program itself. */
function node({ fileSystem, tree, environment }: Source): string | undefined {
  const program = findProgram('node', tree, environment)
  if (program === undefined) return undefined
  const header = fileSystem.texts.get(posix.join(program, '../../include/node/node_version.h')) ?? ''
  const parts = ['MAJOR', 'MINOR', 'PATCH'].map((part) => defined(header, `NODE_${part}_VERSION`))
  return parts.every((part) => part !== undefined) ? parts.join('.') : fileSystem.versions.get(program)
}

/** `3.12.7` from the headers, the program or the library that it is a shell of; else `3.12` from the program's name. */
function python({ fileSystem, tree, environment }: Source): string | undefined {
  const program = findProgram('python3', tree, environment)
  const [, version] = /^python(3\.\d+)$/.exec(posix.basename(program ?? '')) ?? []
  if (program === undefined || version === undefined) return undefined
  const header = fileSystem.texts.get(posix.join(program, `../../include/python${version}/patchlevel.h`)) ?? ''
  return defined(header, 'PY_VERSION') ?? embedded(program, 'libpython', { fileSystem, tree, environment }) ?? version
}

/** `21.0.5` from the release file that every JDK and JRE carries; Java 8 calls itself `1.8.0_432`. */
function java({ fileSystem, tree, environment }: Source): string | undefined {
  const program = findProgram('java', tree, environment)
  if (program === undefined) return undefined
  const release = ['../../release', '../../../release'].map((path) => fileSystem.texts.get(posix.join(program, path)))
  const [, version] = /^JAVA_VERSION="(?:1\.)?([^"]+)"/m.exec(release.find((text) => text !== undefined) ?? '') ?? []
  return version
}

function ruby(source: Source): string | undefined {
  const program = findProgram('ruby', source.tree, source.environment)
  return program === undefined ? undefined : embedded(program, 'libruby', source)
}

/** From the program, or from the library that it is a shell of. */
function embedded(program: string, shellOf: string, { fileSystem, tree, environment }: Source): string | undefined {
  const needed = fileSystem.elf.get(program)?.needed ?? []
  const library = findLibrary(needed.find((name) => name.startsWith(shellOf)) ?? '', tree, environment)
  return fileSystem.versions.get(program) ?? fileSystem.versions.get(library ?? '')
}

/** Newest shared framework beside the program; a self-contained function has none and needs none. */
function dotnet({ fileSystem, tree, environment }: Source): string | undefined {
  const program = findProgram('dotnet', tree, environment)
  if (program === undefined) return undefined
  const frameworks = posix.join(program, '../shared/Microsoft.NETCore.App/')
  const versions = fileSystem.files.flatMap(({ path, type }) =>
    type === 'directory' && path.startsWith(frameworks) ? path.slice(frameworks.length) : [],
  )
  return versions.filter((version) => /^\d+\.\d+\.\d+[^/]*$/.test(version)).sort((a, b) => VERSIONS.compare(b, a))[0]
}

const VERSIONS = new Intl.Collator('en', { numeric: true })

/** Value of a C `#define`, quotes removed. */
function defined(header: string, name: string): string | undefined {
  return new RegExp(`^\\s*#\\s*define\\s+${name}\\s+"?([^"\\s]+)"?`, 'm').exec(header)?.[1]
}
