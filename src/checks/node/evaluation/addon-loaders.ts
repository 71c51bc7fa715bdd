import { posix } from 'node:path'
import type { LoadKind } from '../../../inspect/node/node-file.ts'
import { LOADERS } from '../../../inspect/node/require-names.ts'
import { ownValue } from '../../../own-value.ts'
import {
  type Search,
  searchBindings,
  searchGypBuild,
  searchPkgPrebuilds,
  searchPreGyp,
  searchRequireAddon,
} from '../addon-searches.ts'
import { packageFolderOf } from '../resolve-module.ts'
import type { Engine } from './engine.ts'
import { addFunctions, get } from './natives.ts'
import type { ScriptRun } from './script-run.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** Packages that look for a compiled addon, and do it in ways that are better known than read. */
export function addonLoader(run: ScriptRun, engine: Engine, path: string): Value {
  const folder = packageFolderOf(run.tree, path)
  const own = folder === undefined ? undefined : run.tree.packageAt(folder)
  const kind = own === undefined ? undefined : loaderKind(own.name)
  // Only the way into the package: its parts may be loaded for something else.
  if (kind === undefined || folder === undefined || engine.path.startsWith(`${folder}/`)) return undefined
  // A package that is no trick of the engine's is followed as it is: its versions differ.
  const isRead = run.tree.scriptAt(path)?.source !== undefined
  if (isRead && (kind === 'node-gyp-build' || kind === 'pkg-prebuilds')) return undefined
  switch (kind) {
    case 'bindings':
      return engine.native((_, [given]) => loaded(run, kind, bindings(run, engine, given)))
    case 'node-gyp-build': {
      const search = (given: Value): Search | undefined => {
        const at = textOf(given)
        return at === undefined ? undefined : searchGypBuild(run.tree, at)
      }
      const made = engine.native((_, [given]) => loaded(run, kind, search(given)))
      const resolve = (_: Value, [given]: readonly Value[]): Value => {
        const found = search(given)
        if (found?.found !== undefined) return found.found
        return loaded(run, kind, found)
      }
      addFunctions(engine, made, { resolve, path: resolve })
      return made
    }
    case 'node-pre-gyp':
      return addFunctions(engine, openObject(engine), {
        find(_, [given]) {
          const at = textOf(given)
          if (at === undefined) return UNKNOWN
          const its = posix.dirname(at)
          const { found, looked } = searchPreGyp(run.tree, its, run.tree.packageAt(its))
          return found ?? looked[0]
        },
      })
    case 'require-addon':
      return engine.native((_, [given, from]) => {
        const [specifier, at] = [given, from].map(textOf)
        return loaded(
          run,
          kind,
          specifier === undefined
            ? undefined
            : searchRequireAddon(run.tree, specifier, (at ?? engine.path).replace(/^file:\/\//, '')),
        )
      })
    default:
      return addFunctions(
        engine,
        engine.native((_, [given]) => {
          const at = textOf(given)
          return loaded(run, kind, at === undefined ? undefined : searchPkgPrebuilds(run.tree, at))
        }),
        {},
      )
  }
}

/** node-pre-gyp is forked under many scopes. */
function loaderKind(name: string): LoadKind | undefined {
  return ownValue(LOADERS, name) ?? (name.endsWith('/node-pre-gyp') ? 'node-pre-gyp' : undefined)
}

function openObject(engine: Engine): Thing {
  const made = engine.object()
  made.opaque = true
  return made
}

function textOf(value: Value): string | undefined {
  const text = value instanceof Thing ? value.text : value
  return typeof text === 'string' ? text : undefined
}

function bindings(run: ScriptRun, engine: Engine, given: Value): Search | undefined {
  const name = given instanceof Thing ? get(engine, given, 'bindings') : given
  const root = given instanceof Thing ? get(engine, given, 'module_root') : undefined
  const folder = typeof root === 'string' ? root : packageFolderOf(run.tree, engine.path)
  if (folder === undefined || (name !== undefined && typeof name !== 'string')) return undefined
  return searchBindings(run.tree, folder, name ?? 'bindings')
}

function loaded(run: ScriptRun, kind: LoadKind, search: Search | undefined): Value {
  if (search === undefined) return UNKNOWN
  const { engine } = run
  if (search.found !== undefined) return run.load(search.found, engine.path, 'require')
  throw run.failed.thrown(
    'No native build was found',
    'MODULE_NOT_FOUND',
    run.failed.failureAt(engine.path, search.looked, undefined, kind),
  )
}
