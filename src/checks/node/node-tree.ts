import { posix } from 'node:path'
import type { NodePackage, NodeScript } from '../../inspect/node/node-file.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import { processEnvironment } from '../../lambda/process-environment.ts'
import { isFile } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { AWS_ENTRYPOINT } from '../facts/start-program.ts'

/** What Node.js sees in one runtime: packages by folder, scripts by path, files by name. */
export type NodeTree = {
  readonly view: RuntimeView
  readonly architecture: Architecture
  /** `process.arch`. */
  readonly cpu: 'x64' | 'arm64'
  readonly libc: 'glibc' | 'musl'
  /** NODE_MODULE_VERSION, when it is known. */
  readonly abi?: number
  /** Folders of NODE_PATH. */
  readonly globalFolders: readonly string[]
  packageAt(folder: string): NodePackage | undefined
  scriptAt(path: string): NodeScript | undefined
  /** The real path of a file, with links followed as Node.js does. */
  fileAt(path: string): string | undefined
  isFolder(path: string): boolean
  /** Names in a folder. */
  namesIn(folder: string): readonly string[]
}

const known = new WeakMap<RuntimeView, Map<Architecture, NodeTree>>()

export function nodeTree(view: RuntimeView, architecture: Architecture): NodeTree {
  const byArchitecture = known.get(view) ?? new Map<Architecture, NodeTree>()
  known.set(view, byArchitecture)
  const tree = byArchitecture.get(architecture) ?? makeTree(view, architecture)
  byArchitecture.set(architecture, tree)
  return tree
}

function makeTree(view: RuntimeView, architecture: Architecture): NodeTree {
  const { tree, facts, libc, runtime, tools } = view
  const packages = new Map<string, NodePackage>()
  const scripts = new Map<string, NodeScript>()
  for (const file of facts.node) {
    if (file.kind === 'package') packages.set(posix.dirname(file.path), file)
    else scripts.set(file.path, file)
  }
  const abi = runtime?.nodeAbi ?? abiOf(tools.node)
  return {
    view,
    architecture,
    cpu: architecture === 'arm64' ? 'arm64' : 'x64',
    libc: libc?.family ?? 'glibc',
    ...(abi === undefined ? {} : { abi }),
    globalFolders: nodePath(view)
      .split(':')
      .filter((folder) => folder.startsWith('/')),
    packageAt: (folder) => packages.get(folder),
    scriptAt: (path) => scripts.get(path),
    fileAt(path) {
      const entry = tree.resolve(path)
      return isFile(entry) ? entry.path : undefined
    },
    isFolder: (path) => path === '/' || tree.resolve(path)?.type === 'directory',
    namesIn(folder) {
      return tree.childrenOf(tree.resolve(folder)?.path ?? folder).map(({ path }) => posix.basename(path))
    },
  }
}

/** NODE_MODULE_VERSION by major version (Node.js ABI version registry). */
const ABIS: Readonly<Record<string, number>> = {
  '14': 83,
  '16': 93,
  '18': 108,
  '20': 115,
  '22': 127,
  '24': 137,
}

function abiOf(version: string | undefined): number | undefined {
  return ABIS[version?.split('.')[0] ?? '']
}

/** In an image AWS's start script sets it, of which the image's configuration knows nothing. */
function nodePath({ environment, runtime, tree }: RuntimeView): string {
  const set = environment.NODE_PATH
  if (set !== undefined || runtime?.family !== 'nodejs' || !tree.entries.has(AWS_ENTRYPOINT)) return set ?? ''
  return processEnvironment(runtime).NODE_PATH ?? ''
}
