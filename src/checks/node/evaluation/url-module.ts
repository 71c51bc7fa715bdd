import type { Engine } from './engine.ts'
import { namespace } from './natives.ts'
import { Thing, UNKNOWN } from './values.ts'

/** `url`, as far as packages find their files with it. */
export function urlModule(engine: Engine): Thing {
  return namespace(
    engine,
    {
      fileURLToPath(_, [url]) {
        const text = url instanceof Thing ? url.text : url
        return typeof text === 'string' && text.startsWith('file://')
          ? decodeURIComponent(text.slice('file://'.length))
          : UNKNOWN
      },
      pathToFileURL: (_, [path]) => (typeof path === 'string' ? urlOf(engine, `file://${path}`) : UNKNOWN),
    },
    { URL: urlClass(engine) },
  )
}

export function urlClass(engine: Engine): Thing {
  return engine.native((_, [name, base]) => {
    const on = base instanceof Thing ? base.text : base
    if (typeof name !== 'string' || (on !== undefined && typeof on !== 'string')) return UNKNOWN
    return URL.canParse(name, on) ? urlOf(engine, new URL(name, on).href) : UNKNOWN
  })
}

function urlOf(engine: Engine, href: string): Thing {
  const made = engine.object()
  made.text = href
  made.opaque = true
  made.properties.set('href', { value: href })
  made.properties.set('protocol', { value: new URL(href).protocol })
  made.properties.set('pathname', { value: new URL(href).pathname })
  return made
}
