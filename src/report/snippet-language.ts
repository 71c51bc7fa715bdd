const INSTRUCTION = /^(?:FROM|COPY|ADD|RUN|ENV|ARG|CMD|ENTRYPOINT|USER|WORKDIR|LABEL|SHELL|EXPOSE|VOLUME)\s/
const MODULE = /^import\s.*\sfrom\s+'/
const SETTING = /^(?:- )?[\w-]+:(?:\s|$)/

/** The language that a snippet to paste is written in, as GitHub's highlighter names it; commands of a shell when in doubt. */
export function snippetLanguage(snippet: string): 'dockerfile' | 'js' | 'json' | 'yaml' | 'xml' | 'sh' | 'text' {
  const text = snippet.trim()
  if (/^[[{]/.test(text) && isJson(text)) return 'json'
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const [first = ''] = lines
  if (INSTRUCTION.test(first)) return 'dockerfile'
  if (/^<[A-Za-z?]/.test(first)) return 'xml'
  if (MODULE.test(first)) return 'js'
  if (SETTING.test(first)) return 'yaml'
  // Lists of paths with sizes, as some findings hand them over, and schemas of other tools.
  return first.startsWith('/') || /\{$/.test(first) ? 'text' : 'sh'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
