import type { Evidence } from '../../inspect/evidence.ts'
import { quota } from '../../lambda/quotas.ts'
import type { Check } from '../check.ts'
import { MAX_EXAMPLES } from '../facts/examples.ts'
import { code, megabytes } from '../facts/wording.ts'
import { folderLine, largestFolders } from './largest-folders.ts'

/** Uncompressed, all layers together. */
export function imageSize(artifact: Evidence): ReturnType<Check['run']> {
  const limit = quota('image-uncompressed')
  const bytes = artifact.bytes.uncompressed
  if (bytes <= limit.value) {
    // Not every engine tells what the layers hold together (inspect/gather.ts).
    const unknown = artifact.partial.find(({ of }) => of === 'sizes')
    return { findings: [], ...(unknown === undefined ? {} : { notChecked: unknown.why }) }
  }
  const folders = largestFolders(artifact, 3, MAX_EXAMPLES)
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
        examples: folders.map(folderLine),
        bytes,
      },
    ],
  }
}
