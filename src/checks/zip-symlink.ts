import { posix } from 'node:path'
import type { FileCopies } from '../inspect/evidence.ts'
import type { Check, Finding } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { owners } from './facts/owners.ts'
import { code, counted, megabytes } from './facts/wording.ts'

const ID = 'zip-symlink'
const WORTH_SAYING = 16 * 1024

export const zipSymlink: Check = {
  id: ID,
  title: 'Links are links, not copies or text',
  appliesTo: ({ kind }) => kind === 'layer',
  run({ artifact }) {
    const texts = artifact.layer?.zip?.oddities.filter(({ kind }) => kind === 'link-as-text') ?? []
    const ownerOf = owners(artifact)
    // Wheels cannot hold links: who packed them shipped copies, and nobody else can help it.
    const isOfWheel = (path: string) => ownerOf(path)?.purl.startsWith('pkg:pypi/') === true
    const copied = (artifact.layer?.copies ?? []).filter(({ paths }) => !paths.every(isOfWheel))
    const libraries = copied.flatMap(versionsOfOne)
    return {
      findings: [
        ...(texts.length === 0 ? [] : [linkTexts(texts)]),
        ...copies(libraries, artifact.layer?.zip !== undefined),
      ],
    }
  },
}

/** `libfoo.so`, `libfoo.so.1` and `libfoo.so.1.2.3` with one content were links once. */
function versionsOfOne({ size, paths }: FileCopies): readonly FileCopies[] {
  const stems = new Set(paths.map((path) => posix.basename(path).replace(/\.so(?:\.\d+)*$/, '.so')))
  return stems.size === 1 && paths.every((path) => path.includes('.so')) ? [{ size, paths }] : []
}

function copies(groups: readonly FileCopies[], zip: boolean): readonly Finding[] {
  const bytes = groups.reduce((sum, { size, paths }) => sum + size * (paths.length - 1), 0)
  const [first] = groups
  if (first === undefined || bytes < WORTH_SAYING) return []
  const extra = groups.reduce((sum, { paths }) => sum + paths.length - 1, 0)
  return [
    {
      rule: ID,
      level: 'warning',
      confidence: 'heuristic',
      subject: first.paths[0] ?? '/opt',
      message: `${counted(extra, 'library', 'libraries')} ${extra === 1 ? 'is a copy' : 'are copies'} of another with the same name and another version number: links became files, ${megabytes(bytes)} are shipped twice`,
      expected: 'symbolic links',
      actual: 'files of one content',
      help: zip
        ? 'Keep links when packing.\n(cd layer && zip -qry ../layer.zip .)'
        : 'Keep links when copying.\ncp -a lib/. layer/lib/',
      count: extra,
      examples: examplesOf(
        groups.map(({ paths }) =>
          [...paths]
            .sort()
            .map((path) => posix.basename(path))
            .join(' = '),
        ),
      ).examples,
      bytes,
    },
  ]
}

function linkTexts(texts: readonly { readonly name: string; readonly detail?: string }[]): Finding {
  const [first] = texts
  const one = texts.length === 1
  return {
    rule: ID,
    level: 'warning',
    confidence: 'heuristic',
    subject: `/opt/${first?.name ?? ''}`,
    message: `${one ? code(first?.name ?? '') : counted(texts.length, 'file')} ${one ? 'holds' : 'hold'} the path of another file instead of being a link to it`,
    expected: `a link to ${code(first?.detail ?? '')}`,
    actual: `a text file with ${code(first?.detail ?? '')} in it`,
    help: 'Check out with links (Git on Windows makes text files of them) and pack with links.\ngit config core.symlinks true && git checkout -- . && zip -qry layer.zip .',
    ...examplesOf(texts.map(({ name, detail }) => `${name} -> ${detail ?? ''}`)),
  }
}
