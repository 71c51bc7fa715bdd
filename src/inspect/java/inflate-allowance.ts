/** How much of the jars' native code is inflated while one image or layer passes by: a few kilobytes can claim gigabytes. */
export type InflateAllowance = {
  /** Why a file of this claimed size is left as it is; `undefined`: it may be inflated, and is counted. */
  refuses(size: number): string | undefined
}

const MB = 1024 ** 2
// The largest JNI libraries in use have 100 MB; memory for one of them is taken at a time.
const MOST_OF_FILE = 192 * MB
// All jars of a function with every library that is known for its size; three seconds.
const MOST_OF_ALL = 1024 * MB

export function inflateAllowance(mostOfAll = MOST_OF_ALL): InflateAllowance {
  let inflated = 0
  return {
    refuses(size) {
      if (size > MOST_OF_FILE) return `${size} bytes are too many to be inflated`
      if (inflated + size > mostOfAll) return `more than ${mostOfAll / MB} MB of native code in jars are not inflated`
      inflated += size
      return undefined
    },
  }
}
