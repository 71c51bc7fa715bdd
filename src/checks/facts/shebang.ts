/** The first line of a script: what the kernel starts, and which program `env` then looks up in PATH. */
export type Shebang = {
  readonly interpreter: string
  readonly program?: string
  /** Why the kernel does not find the interpreter although it may exist. */
  readonly fault?: 'carriage-return' | 'byte-order-mark'
}

/** Takes a first line apart as Linux does (fs/binfmt_script.c): `#!`, blanks, path, blanks, one argument. */
export function parseShebang(line: string): Shebang | undefined {
  const match = /^(\uFEFF?)#![ \t]*(\S+)(?:[ \t]+(.*))?/.exec(line)
  if (match === null) return undefined
  const [, mark = '', interpreter = '', argument = ''] = match
  const program = /(?:^|\/)env$/.test(interpreter) ? envProgram(argument) : undefined
  const fault = mark !== '' ? 'byte-order-mark' : line.endsWith('\r') ? 'carriage-return' : undefined
  return {
    interpreter,
    ...(program === undefined ? {} : { program }),
    ...(fault === undefined ? {} : { fault }),
  }
}

/** `env [-S] [NAME=value]… program …` */
function envProgram(argument: string): string | undefined {
  return argument
    .trim()
    .split(/[ \t]+/)
    .find((word) => word !== '' && !word.startsWith('-') && !word.includes('='))
}
