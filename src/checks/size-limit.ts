import { posix } from 'node:path'
import type { Evidence } from '../inspect/evidence.ts'
import { quota } from '../lambda/quotas.ts'
import type { Check } from './check.ts'
import { MAX_EXAMPLES } from './facts/examples.ts'
import { code, megabytes } from './facts/wording.ts'

export const sizeLimit: Check = {
  id: 'size-limit',
  title: 'The image is not larger than Lambda allows',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact }) {
    const limit = quota('image-uncompressed')
    const bytes = artifact.bytes.uncompressed
    if (bytes <= limit.value) {
      // Not every engine tells what the layers hold together (inspect/gather.ts).
      const unknown = artifact.partial.find((what) => what.startsWith('sizes: '))
      return { findings: [], ...(unknown === undefined ? {} : { notChecked: unknown }) }
    }
    const folders = largestFolders(artifact)
    return {
      findings: [
        {
          rule: 'size-limit',
          level: 'error',
          confidence: 'table',
          subject: 'image',
          message: `The image is ${megabytes(bytes)} uncompressed, ${megabytes(bytes - limit.value)} more than Lambda accepts (\`SizeLimitExceeded\`, after the update was taken)`,
          expected: `${megabytes(limit.value)} or less, all layers together (${limit.link})`,
          actual: megabytes(bytes),
          help: `Leave out what the function does not need; most lies in ${folders[0] === undefined ? 'deleted or replaced files of lower layers' : code(folders[0].path)}.`,
          count: 1,
          examples: folders.map(({ path, size }) => `${path} (${megabytes(size)})`),
          bytes,
        },
      ],
    }
  },
}

/** The largest folders, three levels deep (`/var/task/node_modules`): what lies deeper counts for its third level. */
function largestFolders({ files }: Evidence): readonly { readonly path: string; readonly size: number }[] {
  const sizes = new Map<string, number>()
  for (const { path, size } of files) {
    if (size === 0) continue
    const folder = posix.dirname(path).split('/').slice(0, 4).join('/') || '/'
    sizes.set(folder, (sizes.get(folder) ?? 0) + size)
  }
  return [...sizes]
    .map(([path, size]) => ({ path, size }))
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))
    .slice(0, MAX_EXAMPLES)
}
