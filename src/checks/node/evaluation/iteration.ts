import type { Engine } from './engine.ts'
import { ownKeys } from './properties.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** What going through something gives. `isOpen`: there may be more than is known. */
export type Listed = { readonly items: Value[]; readonly isOpen: boolean }

export function listed(engine: Engine, value: Value): Listed {
  if (typeof value === 'string') return { items: [...value].slice(0, 10_000), isOpen: value.length > 10_000 }
  if (!(value instanceof Thing)) return { items: [], isOpen: value === UNKNOWN }
  const { items, entries, opaque: isOpen } = value
  if (items !== undefined) return { items: [...items], isOpen }
  if (entries === undefined) return { items: [], isOpen: true }
  if (value.properties.has('%set')) return { items: [...entries.keys()], isOpen }
  return { items: [...entries].map(([key, one]) => engine.array([key, one])), isOpen }
}

/** Names of own properties. */
export function keysOf(value: Value): Listed {
  if (!(value instanceof Thing)) return { items: [], isOpen: value === UNKNOWN }
  return { items: [...ownKeys(value)], isOpen: value.opaque }
}
