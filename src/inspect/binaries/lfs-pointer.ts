/** What a Git LFS pointer begins with, which stands in place of a file that was not fetched (git-lfs, docs/spec.md). */
export const LFS_POINTER = 'version https://git-lfs.'
