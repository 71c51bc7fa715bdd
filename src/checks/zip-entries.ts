import type { ZipOddity, ZipOddityKind } from '../ports/layer-files.ts'
import type { Check, Finding } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import { unreadFiles } from './facts/unread-content.ts'
import { code, counted } from './facts/wording.ts'
import { ODDITIES, PACK_AGAIN } from './layer/zip-oddities.ts'

const ID = 'zip-entries'
// What 16 bits count; more needs the 64-bit extensions, and nobody says that Lambda reads them.
const MOST_ENTRIES = 65_535

export const zipEntries: Check = {
  id: ID,
  title: 'Every entry unpacks to one place below /opt, whole',
  appliesTo: ({ kind }) => kind === 'layer',
  run({ artifact }) {
    const special = imageTree(artifact)
      .sought('special')
      .map(({ path }) => path)
    const zip = artifact.layer?.zip
    if (zip === undefined) {
      // As it will be packed: the root itself is no entry.
      const entries = artifact.files.length - special.length - 1
      return { findings: [...(special.length === 0 ? [] : [specialFiles(special)]), ...extensions(entries, false)] }
    }
    const unread = unreadFiles(artifact)
    const byKind = groupBy(zip.oddities, ({ kind }) => kind)
    return {
      findings: [
        ...[...byKind].flatMap(([kind, oddities]) => about(kind as ZipOddityKind, oddities)),
        ...extensions(zip.entries, zip.zip64),
      ],
      // Names and sizes are those of its list of entries.
      ...(unread === undefined ? {} : { notChecked: `whether all of it can be unpacked: ${unread}` }),
    }
  },
}

function about(kind: ZipOddityKind, oddities: readonly ZipOddity[]): readonly Finding[] {
  const row = ODDITIES[kind]
  const [first] = oddities
  if (row === undefined || first === undefined) return []
  const one = oddities.length === 1
  const details = [...new Set(oddities.map(({ detail }) => detail ?? ''))].filter((detail) => detail !== '')
  return [
    {
      rule: ID,
      level: row.level,
      confidence: 'proven',
      subject: first.name,
      message: `${one ? code(first.name) : counted(oddities.length, 'entry', 'entries')} ${row.says(one)}`,
      expected: row.expected,
      actual: details.length === 0 ? code(first.name) : `${code(first.name)}: ${details[0]}`,
      help: row.help,
      ...examplesOf(oddities.map(({ name, detail }) => (detail === undefined ? name : `${name} (${detail})`))),
    },
  ]
}

function extensions(entries: number, zip64: boolean): readonly Finding[] {
  if (!zip64 && entries <= MOST_ENTRIES) return []
  const many = entries > MOST_ENTRIES
  return [
    {
      rule: ID,
      level: many ? 'warning' : 'note',
      confidence: many ? 'heuristic' : 'proven',
      subject: 'zip',
      message: many
        ? `The zip has ${entries} entries, more than the ${MOST_ENTRIES} of the plain format: AWS does not say whether Lambda reads the 64-bit extensions`
        : 'The zip uses the 64-bit extensions without need: AWS does not say whether Lambda reads them',
      expected: `${MOST_ENTRIES} entries or fewer, no zip64`,
      actual: many ? `${entries} entries` : `${entries} entries, zip64`,
      help: many
        ? 'Leave out what functions do not need: caches, tests, sources of bundled code.\nfind layer -name __pycache__ -prune -exec rm -rf {} +'
        : `Pack into a file instead of a pipe.\n${PACK_AGAIN.split('\n')[1]}`,
      count: 1,
      examples: [],
    },
  ]
}

function specialFiles(paths: readonly string[]): Finding {
  const one = paths.length === 1
  return {
    rule: ID,
    level: 'warning',
    confidence: 'proven',
    subject: paths[0] ?? '/opt',
    message: `${one ? code(paths[0] ?? '') : counted(paths.length, 'file')} ${one ? 'is a device, pipe or socket' : 'are devices, pipes or sockets'}: a zip cannot hold ${one ? 'it' : 'them'}`,
    expected: 'files, folders and links',
    actual: 'a special file',
    help: 'Remove what a running program left.\nfind layer -not -type f -not -type d -not -type l -delete',
    ...examplesOf(paths),
  }
}
