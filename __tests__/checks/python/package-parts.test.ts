import { expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { importModule } from '../../../src/checks/python/import-module.ts'
import { importRun } from '../../../src/checks/python/import-run.ts'
import { importWorld } from '../../../src/checks/python/import-world.ts'
import { importParts } from '../../../src/checks/python/package-parts.ts'
import type { PythonModule } from '../../../src/inspect/python/python-file.ts'
import { makePythonLayer, SITE } from './python-layer.ts'

/** What is executed, in order, when the parts of a package are imported one by one. */
function executedBy(sources: Readonly<Record<string, string>>, parts: readonly string[]) {
  const [view] = runtimeViews(makePythonLayer({ sources: { 'fast/__init__.py': '', ...sources } }))
  const world = view === undefined ? undefined : importWorld(view, 'x86_64')
  if (world === undefined) throw new Error('no Python')
  const executed: string[] = []
  const top = importRun({ ...world, sources: noting(world.sources, executed) })
  importModule(top, 'fast')
  const imported = importParts(parts, top, top.world)
  return { executed, imported, names: top.modules.get('fast')?.names }
}

class Noting extends Map<string, PythonModule> {
  asked: string[] = []
  override get(path: string): PythonModule | undefined {
    if (this.has(path)) this.asked.push(path.slice(SITE.length + 1))
    return super.get(path)
  }
}

function noting(sources: ReadonlyMap<string, PythonModule>, asked: string[]): ReadonlyMap<string, PythonModule> {
  return Object.assign(new Noting(sources), { asked })
}

const SHARED = { 'fast/_shared.py': 'import os\n' }
const uses = (name: string) => ({ [`fast/${name}.py`]: 'from fast import _shared\n' })

it('executes once what several parts of a package import', () => {
  const { executed } = executedBy({ ...SHARED, ...uses('a'), ...uses('b') }, ['fast.a', 'fast.b'])
  expect(executed.filter((path) => path === 'fast/_shared.py')).toHaveLength(1)
})

it('executes again what a part imported that failed', () => {
  const failing = { 'fast/a.py': 'from fast import _shared\nimport nowhere\n' }
  const { executed, imported } = executedBy({ ...SHARED, ...failing, ...uses('b') }, ['fast.a', 'fast.b'])
  expect(imported.map(({ failures }) => failures.length)).toEqual([1, 0])
  expect(executed.filter((path) => path === 'fast/_shared.py')).toHaveLength(2)
})

it('binds no part in the package for the others', () => {
  const { names } = executedBy({ ...SHARED, ...uses('a') }, ['fast.a'])
  expect(names?.has('a')).toBe(false)
})
