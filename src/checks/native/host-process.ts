import type { ElfFile } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import { type LoaderProcess, startProcess } from '../../loader/load.ts'
import { type LoaderSystem, loaderSystem } from '../../loader/loader-system.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

type Hosts = { readonly system: LoaderSystem; readonly process: LoaderProcess }

const known = new WeakMap<RuntimeView, Map<Architecture, Hosts>>()

/** The loader of a view, and the process of the language that runs the function: what a library finds loaded already. */
export function hostProcess(view: RuntimeView, architecture: Architecture): Hosts {
  const ofView = known.get(view) ?? new Map<Architecture, Hosts>()
  known.set(view, ofView)
  const found = ofView.get(architecture) ?? start(view, architecture)
  ofView.set(architecture, found)
  return found
}

function start(view: RuntimeView, architecture: Architecture): Hosts {
  const system = loaderSystem(view, architecture)
  return { system, process: startProcess(system, languageProgram(view)).process }
}

const FAMILIES = ['python', 'nodejs', 'ruby', 'java', 'dotnet'] as const
const PROGRAMS: Readonly<Partial<Record<Runtime['family'], readonly string[]>>> = {
  python: ['python3', 'python'],
  nodejs: ['node'],
  ruby: ['ruby'],
  java: ['java'],
  dotnet: ['dotnet'],
}

/** The interpreter of the runtime's language, else of the first language that the view's PATH leads to. */
function languageProgram({ runtime, tree, environment }: RuntimeView): ElfFile | undefined {
  const families = runtime === undefined || runtime.family === 'provided' ? FAMILIES : [runtime.family]
  const folders = ['/var/lang/bin', ...(environment.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':')]
  for (const name of families.flatMap((family) => PROGRAMS[family] ?? [])) {
    for (const folder of folders.filter((one) => one.startsWith('/'))) {
      const file = tree.elf.get(tree.resolve(`${folder}/${name}`)?.path ?? '')
      if (file !== undefined) return file
    }
  }
  return undefined
}
