import { posix } from 'node:path'
import type { Way } from '../resolve-module.ts'
import type { Engine } from './engine.ts'
import { hoist } from './hoisting.ts'
import { link, requests } from './module-links.ts'
import type { ParsedScript } from './parse-script.ts'
import { type Frame, Scope } from './scope.ts'
import { runBody } from './statements.ts'
import { type Thing, UNKNOWN, type Value } from './values.ts'

/** What a module asks of whoever loads it. */
type Loader = {
  readonly engine: Engine
  load(name: string, from: string, way: Way): Value
  requireOf(path: string): Thing
}

/** Runs a module's statements; `thing` becomes `module` of CommonJS, or the namespace of an ES module. */
export function runModule(loader: Loader, path: string, { program, isModule }: ParsedScript, thing: Thing): void {
  const { engine } = loader
  const exports = engine.object()
  const holder = { self: isModule ? undefined : exports }
  const frame: Frame = { path, holder, mayHaveReturned: false, isAsync: isModule }
  const scope = new Scope(undefined, frame, engine.level, true)
  if (isModule) {
    const loaded = new Map<string, Value>()
    for (const name of requests(program)) loaded.set(name, loader.load(name, path, 'import'))
    hoist(engine, program.body, scope)
    link(engine, program, scope, thing, (name) => loaded.get(name))
  } else {
    const require = loader.requireOf(path)
    const names = { exports, require, module: thing, __filename: path, __dirname: posix.dirname(path) }
    for (const [name, value] of Object.entries({ exports, require, ...aboutModule(path) }))
      thing.properties.set(name, { value })
    for (const [name, value] of Object.entries(names)) scope.declare(name, value)
    hoist(engine, program.body, scope)
  }
  // Loading others has moved it.
  engine.path = path
  runBody(engine, program.body, scope)
}

/** Members of `module` that scripts look at. */
function aboutModule(path: string): Readonly<Record<string, Value>> {
  return {
    id: path,
    filename: path,
    path: posix.dirname(path),
    loaded: false,
    children: UNKNOWN,
    parent: UNKNOWN,
    paths: UNKNOWN,
  }
}
