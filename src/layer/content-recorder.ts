import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { FileCopies, FileEntry } from '../inspect/evidence.ts'
import type { ContentSink } from '../inspect/tar-walker.ts'
import type { OnLayerFile } from '../ports/layer-files.ts'
import { contentFingerprint } from './content-fingerprint.ts'

export type ContentRecorder = {
  /** Hands every file on, and takes the digest of its content while it passes. */
  around(onFile: OnLayerFile): OnLayerFile
  end(files: readonly FileEntry[]): { readonly fingerprint?: string; readonly copies: readonly FileCopies[] }
}

/** Digests of all contents: what the content fingerprint is made of, and which files are copies of each other. */
export function contentRecorder(): ContentRecorder {
  const digests = new Map<string, string>()

  return {
    around: (onFile) => (entry) => {
      const sink = onFile(entry)
      return entry.type === 'file' ? recorded(entry.path, sink) : sink
    },
    end(files) {
      const fingerprint = contentFingerprint(files, digests)
      return { copies: copies(files, digests), ...(fingerprint === undefined ? {} : { fingerprint }) }
    },
  }

  function recorded(path: string, sink: ContentSink | undefined): ContentSink {
    const hash = createHash('sha256')
    return {
      bytes(chunk) {
        hash.update(chunk)
        sink?.bytes(chunk)
      },
      end() {
        digests.set(path, hash.digest('hex'))
        sink?.end()
      },
    }
  }
}

/** Files of one folder with one content, where links are usual: versions of a library, commands of a package. */
function copies(files: readonly FileEntry[], digests: ReadonlyMap<string, string>): readonly FileCopies[] {
  const groups = new Map<string, { readonly size: number; readonly paths: string[] }>()
  for (const { path, size } of files) {
    const digest = digests.get(path)
    if (digest === undefined || size === 0 || !OFTEN_LINKED.test(path)) continue
    const key = `${posix.dirname(path)} ${digest}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { size, paths: [path] })
    else group.paths.push(path)
  }
  return [...groups.values()].filter(({ paths }) => paths.length > 1)
}

const OFTEN_LINKED = /\.so(?:\.\d+)*$|\/s?bin\/[^/]+$/
