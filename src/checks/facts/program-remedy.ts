import { posix } from 'node:path'
import { shellWord } from './wording.ts'

/** A file of a layer as it is called where the layer is made. */
export function shippedName(path: string): string {
  return path.replace(/^\/opt\//, '')
}

/** For a script whose first line the kernel does not read as people do. */
export function unixLineEndings(path: string): string {
  const name = posix.basename(path)
  const pattern = name.includes('.') ? `*${posix.extname(name)}` : name
  const file = path.startsWith('/opt/') ? shippedName(path) : name
  return `Save the script with Unix line endings, as UTF-8 without a byte order mark; ${pattern} text eol=lf in \`.gitattributes\` keeps it so.\nsed -i '1s/^\\xEF\\xBB\\xBF//; s/\\r$//' ${shellWord(file)}`
}

/** For a pointer in place of a file. */
export const FETCH_LFS =
  'Fetch the files that Git LFS keeps before the build.\n- uses: actions/checkout@v4\n  with: { lfs: true }'
