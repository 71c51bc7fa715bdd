import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { isWithin } from '../facts/image-tree.ts'
import { loadCase } from '../facts/load-case.ts'
import { nativeness } from '../facts/machine.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userElf } from '../facts/user-elf.ts'
import { userScope } from '../facts/user-scope.ts'
import type { ImportWorld } from './import-world.ts'
import { isImportable, withoutSuffix } from './module-name.ts'
import { pythonImports } from './python-imports.ts'
import { pythonNeeds } from './python-needs.ts'

/**
 * The native files that the artifact's Python code loads in one runtime: those that importing a shipped module gets to,
 * and extension modules of packages that nothing imports until somebody asks for them (`optional`).
 */
export function pythonLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const imports = pythonImports(subject, view)
  if (imports === undefined) return []
  const scope = userScope(subject)
  const needs = pythonNeeds(subject, view)
  const loads: NativeLoad[] = []
  for (const [path, { need, because, module, inUse, result }] of needs) {
    // What a module opens by name and nobody has is a need of the module itself.
    const file = view.tree.elf.get(path) ?? (path.endsWith('.py') ? result?.root : undefined)
    if (file !== undefined && result !== undefined && scope.adds(path))
      loads.push({
        file,
        by: 'python',
        need,
        because,
        ...(inUse ? {} : { breaks: loadCase('import', module) }),
        result,
      })
  }
  const { world } = imports
  for (const file of userElf(subject)) {
    if (!isImportable(file.path, world.interpreter.suffixes)) continue
    if (needs.has(file.path) || !scope.adds(file.path) || nativeness(file, subject.plan.architecture) === 'data')
      continue
    const module = moduleName(file, world)
    if (module === undefined) continue
    const { result } = world.load(imports.processOf(module), file)
    loads.push({ file, by: 'python', need: 'optional', because: `\`import ${module}\` would load it`, result })
  }
  return loads
}

/** The name under which a file with a module's ending can be imported; `undefined` for libraries, and for what lies outside of sys.path. */
function moduleName({ path }: ElfFile, { interpreter, view, files }: ImportWorld): string | undefined {
  const folder = interpreter.path.find((one) => isWithin(path, one))
  if (folder === undefined) return undefined
  const parts = withoutSuffix(path.slice(folder.length + 1)).split('/')
  if (!parts.every((part) => /^[A-Za-z_]\w*$/.test(part))) return undefined
  const parent = path.slice(0, path.lastIndexOf('/'))
  const isModule = parent === folder || view.tree.entries.has(`${parent}/__init__.py`)
  // A library that lies among modules bears a library's name.
  const name = parts.at(-1) ?? ''
  if (!isModule || /^lib/.test(name) || files.find(name, [parent])?.kind !== 'extension') return undefined
  return parts.join('.')
}
