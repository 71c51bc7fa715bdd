import { code, prose } from './escape.ts'
import type { Environment, Report } from './report.ts'

const COLUMNS = ['build', 'runtime', 'artifact'] as const
const TOOL_NAMES: Readonly<Record<string, string>> = {
  libstdcxx: 'libstdc++ (GLIBCXX)',
  openssl: 'OpenSSL',
  node: 'Node.js',
  python: 'Python',
  java: 'Java',
  ruby: 'Ruby',
  dotnet: '.NET',
}

/** The build | runtime | artifact table; a system that was not read shows a dash, one taken from our table says so. */
export function environmentTable(report: Report): string {
  const environments = COLUMNS.map((column) => report.environments[column])
  if (environments.every((environment) => environment === undefined)) return ''
  const tools = new Set(environments.flatMap((environment) => Object.keys(environment?.tools ?? {})))
  const rows: (readonly [string, (environment: Environment) => string])[] = [
    ['image', (environment) => code(shortReference(environment.reference))],
    ['stage', (environment) => code(environment.stage ?? '')],
    ['digest', (environment) => code(environment.digest?.slice(0, 19) ?? '')],
    ['OS release', (environment) => osRelease(environment)],
    [
      'libc',
      (environment) => (environment.libc ? prose(`${environment.libc.family} ${environment.libc.version}`) : ''),
    ],
    ...[...tools]
      .sort()
      .map(
        (tool) =>
          [TOOL_NAMES[tool] ?? tool, (environment: Environment) => prose(environment.tools[tool] ?? '')] as const,
      ),
    ['read from', (environment) => (environment.source === 'table' ? 'table of runtimes (image not read)' : 'image')],
  ]
  const lines = rows
    .map(
      ([title, cell]) => [title, ...environments.map((environment) => (environment ? cell(environment) : ''))] as const,
    )
    .filter(([, ...cells]) => cells.some((cell) => cell !== ''))
    .map(([title, ...cells]) => `| ${title} | ${cells.map((cell) => cell || '–').join(' | ')} |`)
  const table = [`|  | ${COLUMNS.join(' | ')} |`, '|---|---|---|---|', ...lines, ...sizeRow(report)].join('\n')
  return [table, ...judgedRuntimes(report)].join('\n\n')
}

/** The table has one runtime; of several it says here against which the layer was judged. */
function judgedRuntimes({ subject: { runtimes = [] } }: Report): string[] {
  if (runtimes.length === 0) return []
  const each = runtimes.map(
    ({ runtime, source }) => `${code(runtime)}${source === 'table' ? ' (table of runtimes, image not read)' : ''}`,
  )
  return [`Judged for ${each.join(', ')}; a finding that names no runtime holds in all of them.`]
}

function osRelease(environment: Environment): string {
  const { os } = environment
  if (os === undefined) return ''
  const pretty = os.prettyName || `${os.id} ${os.versionId}`
  return prose(os.release === undefined || pretty.includes(os.release) ? pretty : `${pretty} (${os.release})`)
}

function sizeRow(report: Report): string[] {
  const bytes = report.subject.bytes
  if (bytes === undefined) return []
  const compressed = bytes.compressed === undefined ? '' : `, ${megabytes(bytes.compressed)} compressed`
  const limit = report.subject.kind === 'layer' ? '250 MB for function and all layers' : '10 GB'
  return [`| size | – | – | ${megabytes(bytes.uncompressed)} of ${limit}${compressed} |`]
}

/** Bytes as MB of 1024² bytes, as Lambda's quotas count. */
export function megabytes(bytes: number): string {
  const value = bytes / 1024 / 1024
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`
}

/** Registry host dropped from well-known long references, a digest shortened: the full one stands in report.json. */
function shortReference(reference: string): string {
  return reference.replace(/^public\.ecr\.aws\//, '').replace(/@(sha256:[0-9a-f]{12})[0-9a-f]+$/, '@$1')
}
