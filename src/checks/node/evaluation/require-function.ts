import type { Engine } from './engine.ts'
import { addFunctions } from './natives.ts'
import type { ScriptHost } from './script-host.ts'
import { Thing, type Thrown, UNKNOWN, type Value } from './values.ts'

/** `require` of the script at `path`. `refuse`: what an argument that is no text throws. */
export function requireFunction(
  host: Pick<ScriptHost, 'load' | 'resolve'> & { readonly engine: Engine },
  path: string,
  refuse: (name: string) => Thrown,
): Thing {
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
  for (const one of ['cache', 'extensions', 'main']) require.properties.set(one, { value: UNKNOWN })
  return require
}
