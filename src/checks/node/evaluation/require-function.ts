import type { Engine } from './engine.ts'
import { addFunctions } from './natives.ts'
import type { ScriptHost } from './script-host.ts'
import { Thing, type Thrown, UNKNOWN, type Value } from './values.ts'

type Host = Pick<ScriptHost, 'load' | 'resolve' | 'forget'> & { readonly engine: Engine }

/** `require` of the script at `path`. `refuse`: what an argument that is no text throws. */
export function requireFunction(host: Host, path: string, refuse: (name: string) => Thrown): Thing {
  const { engine } = host
  const named =
    (work: (name: string) => Value) =>
    (_: Value, [name]: readonly Value[]): Value => {
      const text = name instanceof Thing ? name.text : name
      if (typeof text === 'string') return work(text.replace(/^file:\/\//, ''))
      if (name === UNKNOWN || name instanceof Thing) return UNKNOWN
      throw refuse(String(name))
    }
  const require = engine.native(named((name) => host.load(name, path, 'require')))
  addFunctions(engine, require, { resolve: named((name) => host.resolve(name, path, 'require')) })
  for (const one of ['extensions', 'main']) require.properties.set(one, { value: UNKNOWN })
  require.properties.set('cache', { value: cacheOf(host) })
  return require
}

const caches = new WeakMap<Engine, Thing>()

/**
 * Modules by their paths, the same for every script: one that is taken out is run once more by whoever asks for it next. By
 * other names there is only what scripts put there, to know themselves when they are loaded twice.
 */
function cacheOf({ engine, forget }: Host): Thing {
  const known = caches.get(engine)
  if (known !== undefined) return known
  const cache = engine.object()
  caches.set(engine, cache)
  cache.opaque = true
  cache.lacks = (key) => typeof key !== 'string' || !key.startsWith('/')
  cache.forgets = (path) => {
    if (typeof path === 'string') forget(path)
  }
  return cache
}
