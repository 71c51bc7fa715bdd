import { LFS_POINTER } from '../../inspect/binaries/lfs-pointer.ts'
import { code } from './wording.ts'

/** What a file is that is named like native code and is none; `what` continues a sentence that begins with its name. */
export type Pretence = { readonly kind: 'lfs' | 'empty' | 'link' | 'page' | 'text'; readonly what: string }

/** By its size in bytes and its first bytes as text. */
export function pretence(size: number, head: string): Pretence {
  if (size === 0) return { kind: 'empty', what: 'is empty' }
  if (head.startsWith(LFS_POINTER)) return { kind: 'lfs', what: 'is a Git LFS pointer, not the file' }
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(head))
    return { kind: 'page', what: 'is a web page, saved in place of the file' }
  if (size < 200 && /^[\w@+./-]*[\w+-]+\.(?:so[\w.]*|node)$/.test(head.trim().replace(/\.$/, ''))) {
    return { kind: 'link', what: 'holds the target of a symbolic link as text' }
  }
  return { kind: 'text', what: `is no native file: it begins with ${code(head.slice(0, 24))}` }
}
