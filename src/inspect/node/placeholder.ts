/**
 * A command that does nothing but give up: it stands where an install script was to put the program. Package managers link to
 * what is there before they run such scripts, and some never do.
 */
export function isPlaceholder(text: string): boolean {
  const [first = '', ...rest] = text.split('\n')
  const program = first.startsWith('#!') ? first : ''
  const body = program === '' ? text : rest.join('\n')
  if (program.includes('node')) return /^throw\b/.test(withoutPreface(body))
  return isShell(program) && saysAndFails(body)
}

/** Without a first line that names another one, the shell that fails to start it reads it. */
function isShell(program: string): boolean {
  return program === '' || /\b(?:ba|da)?sh\b/.test(program)
}

function saysAndFails(body: string): boolean {
  const lines = body.split('\n').flatMap((line) => (/^\s*(?:#.*)?$/.test(line) ? [] : [line.trim()]))
  const said = lines.slice(0, -1)
  const fails = /^exit [1-9]\d*;?$/.test(lines.at(-1) ?? '')
  return fails && said.length > 0 && said.every((line) => /^(?:echo|printf) /.test(line))
}

/** Comments and directives are no statements that do anything. */
function withoutPreface(body: string): string {
  return body.replace(/^(?:\s+|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|(['"])use strict\1;?)+/, '')
}
