import { resolve } from 'node:path'
import type { Clock } from '../../src/ports/clock.ts'
import type { Files } from '../../src/ports/files.ts'
import type { LayerFiles } from '../../src/ports/layer-files.ts'
import type { LayerZipWriter } from '../../src/ports/layer-zip-writer.ts'
import type { Log } from '../../src/ports/log.ts'

/** A clock that only moves when somebody sleeps. */
export function fakeClock(start = 0): Clock & { slept: number[] } {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}

/** A log that keeps its lines as `level: text`. */
export function fakeLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const at = (level: string) => (text: string) => {
    lines.push(`${level}: ${text}`)
  }
  return {
    lines,
    info: at('info'),
    warning: at('warning'),
    error: at('error'),
    debug: at('debug'),
    annotate: ({ level, title, message, place }) =>
      at(`annotation ${level}`)(`${place === undefined ? '' : `${place.file}:${place.line} `}${title}: ${message}`),
    mask: at('mask'),
    group: async (title, work) => {
      lines.push(`group: ${title}`)
      return await work()
    },
  }
}

/** No layer is there. */
export function noLayerFiles(): LayerFiles {
  const none = async (): Promise<never> => {
    throw new Error('no layer is there')
  }
  return { kind: async () => undefined, readFolder: none, readZip: none }
}

/** A zip is never written. */
export function noLayerZipWriter(): LayerZipWriter {
  return {
    async write() {
      throw new Error('no zip is to be written')
    },
  }
}

/** Files in memory. */
export function fakeFiles(initial: Readonly<Record<string, string>> = {}): Files & { written: Record<string, string> } {
  const written: Record<string, string> = { ...initial }
  return {
    written,
    readText: async (path) => written[path],
    readStart: async (path, bytes) =>
      written[path] === undefined ? undefined : Buffer.from(written[path], 'latin1').subarray(0, bytes),
    writeText: async (path, text) => {
      written[path] = text
    },
    kind: async (path) =>
      path in written
        ? 'file'
        : path === '.' || Object.keys(written).some((name) => name.startsWith(`${path}/`))
          ? 'directory'
          : undefined,
    realPath: async (path) => resolve('/checkout', path),
    names: async (directory) => {
      const within = directory === '.' ? '' : `${directory}/`
      const below = Object.keys(written).filter((name) => name.startsWith(within))
      return [...new Set(below.map((name) => name.slice(within.length).split('/')[0] ?? ''))]
    },
  }
}
