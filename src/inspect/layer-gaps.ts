import { posix } from 'node:path'
import type { HistoryEntry, ImageFacts, LayerGap } from './evidence.ts'
import { TarError } from './tar-header.ts'
import { type ContentSink, tarWalker } from './tar-walker.ts'

type Made = Pick<ImageFacts, 'history' | 'layers'>

/**
 * How many layers say that another tool than Docker or BuildKit made them. Theirs are taken from a file system, so that
 * no folder is missing in them; other tools (Bazel, ko, Nix) write tar archives. A first layer that `docker import` made is
 * the tar of a whole root (debootstrap).
 */
export function foreignLayers({ history = [] }: Made): number {
  const made = history[0]?.comment.startsWith('Imported from ') ? history.slice(1) : history
  return made.filter((entry) => !isNameless(entry) && !isDocker(entry)).length
}

/** Layers of which the history says nothing, as those of AWS's base images. At least so many. */
export function namelessLayers({ history = [], layers }: Made): number {
  return history.filter(isNameless).length + Math.max(0, layers.length - history.length)
}

/** `buildkit.exporter.image.v0`: BuildKit's filling for layers of a base without a history. */
function isNameless({ createdBy, comment }: HistoryEntry): boolean {
  return comment === 'buildkit.exporter.image.v0' || (createdBy === '' && comment === '')
}

function isDocker({ createdBy, comment }: HistoryEntry): boolean {
  if (comment === 'buildkit.dockerfile.v0' || comment.startsWith('debuerreotype')) return true
  return /^(?:RUN )?\/bin\/\w+ -\w*c /.test(createdBy)
}

export type LayerGapReader = {
  /** The next bytes of `docker save`. Throws TarError. */
  write(chunk: Buffer): void
  /** Gaps from the base on; `undefined` when a layer could not be read (the engine keeps it compressed). */
  end(): readonly LayerGap[] | undefined
}

type Layer = { readonly folders: Set<string>; readonly parents: Map<string, string> }

/**
 * Reads the layers of one saved image as they pass by: legacy layout (`<id>/layer.tar`) or OCI layout (`blobs/sha256/…`),
 * with `manifest.json` for their order, which comes last.
 */
export function layerGapReader(): LayerGapReader {
  const layers = new Map<string, Layer>()
  const links = new Map<string, string>()
  let manifest = ''
  const outer = tarWalker(({ name, type, linkName }) => {
    if (type === '2') links.set(name, posix.join(posix.dirname(name), linkName))
    if (type !== '0') return undefined
    if (name === 'manifest.json') return text((part) => (manifest += part))
    return /(?:^|\/)layer\.tar$|^blobs\/sha256\//.test(name) ? layerSink((layer) => layers.set(name, layer)) : undefined
  })
  return {
    write: outer.write,
    end() {
      outer.end()
      const order = names(manifest).map((name) => layers.get(name) ?? layers.get(links.get(name) ?? ''))
      if (order.length === 0 || order.some((layer) => layer === undefined)) return undefined
      return gaps(order as readonly Layer[])
    },
  }
}

/** A folder counts when this layer or one below has an entry for it, be it a folder or a link to one. */
function gaps(layers: readonly Layer[]): readonly LayerGap[] {
  const known = new Set<string>(['/'])
  return layers.flatMap(({ folders, parents }, layer) => {
    for (const folder of folders) known.add(folder)
    return [...parents].flatMap(([parent, path]) => (known.has(parent) ? [] : [{ layer, parent, path }]))
  })
}

/** Content that may be no tar at all (configuration, a compressed layer): then nothing is said of it. */
function layerSink(found: (layer: Layer) => void): ContentSink {
  const layer: Layer = { folders: new Set(), parents: new Map() }
  let broken = false
  const inner = tarWalker(({ name, type }) => {
    const path = posix.resolve('/', name)
    if (path === '/') return undefined
    if (type === '5' || type === '2') layer.folders.add(path)
    const parent = posix.dirname(path)
    if (!layer.parents.has(parent)) layer.parents.set(parent, path)
    return undefined
  })
  const guarded = (work: () => void) => {
    if (broken) return
    try {
      work()
    } catch (error) {
      if (!(error instanceof TarError)) throw error
      broken = true
    }
  }
  return {
    bytes: (chunk) => guarded(() => inner.write(chunk)),
    end() {
      guarded(() => inner.end())
      if (!broken) found(layer)
    },
  }
}

function text(add: (part: string) => void): ContentSink {
  const parts: Buffer[] = []
  return {
    bytes: (chunk) => void parts.push(Buffer.from(chunk)),
    end: () => add(Buffer.concat(parts).toString('utf8')),
  }
}

function names(manifest: string): readonly string[] {
  try {
    const [image] = JSON.parse(manifest) as readonly { readonly Layers?: unknown }[]
    return Array.isArray(image?.Layers) ? image.Layers.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}
