import type { UnreadContent } from '../ports/layer-files.ts'

export type ContentAllowance = {
  /** Whether the next file, of this size, is still read. Behind the first that is not, none is. */
  takes(size: number): boolean
  exceeded(): { readonly unread?: UnreadContent }
}

/** How much of a layer's content is read, and what is left when there is more. */
export function contentAllowance(most: number): ContentAllowance {
  let content = 0
  let files = 0
  let bytes = 0
  return {
    takes(size) {
      content += size
      if (content <= most) return true
      files += 1
      bytes += size
      return false
    },
    exceeded: () => (files === 0 ? {} : { unread: { files, bytes } }),
  }
}
