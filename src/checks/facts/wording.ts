/** A name from the artifact as code in a message (report/escape.ts reads single backticks). */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

/** File mode as people write it: `0644`. */
export function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

/** Bytes in the unit that AWS means by MB and GB (1,048,576 and its multiples), one decimal. */
export function megabytes(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2
  return mebibytes >= 1024 ? `${(mebibytes / 1024).toFixed(1)} GB` : `${mebibytes.toFixed(1)} MB`
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

/** A path or name as a word of a POSIX shell, for commands that are pasted. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** `a, b and c`; of more than `most` the first ones and how many follow. */
export function listed(words: readonly string[], most: number): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${words.length - most} more`
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
