import { ownValue } from '../own-value.ts'
import { breakable, breakableCode, code, shorten } from './escape.ts'
import type { Environment, Report } from './report.ts'
import { megabytes, sizeChange } from './size.ts'

export { megabytes } from './size.ts'

const COLUMNS = ['build', 'runtime', 'artifact'] as const
type Column = (typeof COLUMNS)[number]
const TOOL_NAMES: Readonly<Record<string, string>> = {
  libstdcxx: 'libstdc++',
  openssl: 'OpenSSL',
  node: 'Node.js',
  python: 'Python',
  java: 'Java',
  ruby: 'Ruby',
  dotnet: '.NET',
}
const LONGEST_CELL = 100

type Row = {
  readonly title: string
  readonly cell: (environment: Environment, column: Column) => string
  /** Whether the build's may be newer than the runtime's, which is what breaks. */
  readonly ordered?: true
}

/** The build | runtime | artifact table; a system that was not read shows a dash, one taken from our table says so. */
export function environmentTable(report: Report): string {
  const { environments } = report
  if (COLUMNS.every((column) => environments[column] === undefined)) return ''
  const lines = rows(report).flatMap((row) => line(row, environments))
  const table = [`|  | ${COLUMNS.join(' | ')} |`, '|---|---|---|---|', ...lines, ...sizeRow(report)].join('\n')
  return [table, ...judgedRuntimes(report)].join('\n\n')
}

function rows({ environments, subject }: Report): Row[] {
  // What only the build has compiles code and runs none.
  const running = [environments.runtime, environments.artifact]
  const tools = new Set(running.flatMap((one) => Object.keys(one?.tools ?? {})))
  return [
    // The local tag of what was built tells nobody anything.
    {
      title: 'image',
      cell: ({ reference }, column) => (column === 'artifact' ? subject.name : shortReference(reference)),
    },
    { title: 'stage', cell: ({ stage }) => stage ?? '' },
    { title: 'digest', cell: ({ digest }) => digest?.slice(7, 19) ?? '' },
    { title: 'OS release', cell: osRelease, ordered: true },
    { title: 'libc', cell: ({ libc }) => (libc === undefined ? '' : `${libc.family} ${libc.version}`), ordered: true },
    ...[...tools].sort().map(
      (tool): Row => ({
        title: ownValue(TOOL_NAMES, tool) ?? tool,
        cell: (one) => ownValue(one.tools, tool) ?? '',
        ordered: true,
      }),
    ),
    { title: 'read from', cell: ({ source }) => (source === 'table' ? 'table of runtimes (image not read)' : 'image') },
  ]
}

function line({ title, cell, ordered }: Row, environments: Report['environments']): string[] {
  const text = (column: Column) => {
    const environment = environments[column]
    return environment === undefined ? '' : cell(environment, column)
  }
  const [build, runtime, artifact] = COLUMNS.map(text)
  if ([build, runtime, artifact].every((one) => one === '')) return []
  // Where everything was read from images, which is the rule, the row says nothing.
  if (title === 'read from' && ![build, runtime, artifact].some((one) => one?.startsWith('table'))) return []
  const shown = title === 'digest' ? halves : ['image', 'stage'].includes(title) ? breakableCode : breakable
  const cells = [
    ordered ? against(build ?? '', runtime ?? '', shown) : shown(shorten(build ?? '', LONGEST_CELL)),
    shown(shorten(runtime ?? '', LONGEST_CELL)),
    ordered && artifact !== '' && artifact === runtime ? 'same' : shown(shorten(artifact ?? '', LONGEST_CELL)),
  ]
  return [`| ${breakable(shorten(title, 40))} | ${cells.map((one) => one || '–').join(' | ')} |`]
}

/** Twelve digits in one line, or in two where there is no room. */
function halves(digits: string): string {
  return /^[0-9a-f]{12}$/.test(digits) ? `<code>${digits.slice(0, 6)}<wbr>${digits.slice(6)}</code>` : ''
}

/** What the build has beside what the runtime has; what differs stands out. */
function against(build: string, runtime: string, shown: (text: string) => string): string {
  if (build === '' || runtime === '') return shown(shorten(build, LONGEST_CELL))
  if (build === runtime) return 'same'
  const newer = alike(build, runtime) && NUMERIC.compare(build, runtime) > 0
  return `**${shown(shorten(build, LONGEST_CELL))}**${newer ? ' (newer)' : ''}`
}

const NUMERIC = new Intl.Collator('en', { numeric: true })

/** Only versions of one thing have an order: `glibc 2.36` and `glibc 2.34`. */
function alike(one: string, other: string): boolean {
  const name = (text: string) => text.replace(/[\d.]+/g, '')
  return name(one) === name(other)
}

/** The table has one runtime; of several it says here against which the layer was judged. */
function judgedRuntimes({ subject: { runtimes = [] } }: Report): string[] {
  if (runtimes.length === 0) return []
  const each = runtimes.map(
    ({ runtime, source }) =>
      `${code(shorten(runtime, LONGEST_CELL))}${source === 'table' ? ' (table of runtimes, image not read)' : ''}`,
  )
  return [`Judged for ${each.join(', ')}; a finding that names no runtime holds in all of them.`]
}

function osRelease({ os }: Environment): string {
  if (os === undefined) return ''
  const pretty = os.prettyName || `${os.id} ${os.versionId}`
  return os.release === undefined || pretty.includes(os.release) ? pretty : `${pretty} (${os.release})`
}

function sizeRow({ subject: { bytes, kind }, baseline }: Report): string[] {
  if (bytes === undefined) return []
  const compressed = bytes.compressed === undefined ? '' : `<br>${megabytes(bytes.compressed)} compressed`
  const limit = kind === 'layer' ? '250 MB for function and all layers' : '10 GB'
  const change = sizeChange(bytes, baseline?.bytes)
  const since = change === undefined ? '' : ` (**${change}**)`
  return [`| size | – | – | ${megabytes(bytes.uncompressed)} of ${limit}${since}${compressed} |`]
}

/** Registry host dropped from well-known long references, and the digest, which has a row of its own. */
function shortReference(reference: string): string {
  return reference.replace(/^public\.ecr\.aws\//, '').replace(/@sha256:[0-9a-f]+$/, '')
}
