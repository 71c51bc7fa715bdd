import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, shellWord } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { lostLink } from './native/lost-link.ts'
import { breaks, strongest, verdict } from './native/verdict.ts'

const ID = 'missing-soname-link'

type Lost = { readonly load: NativeLoad; readonly file: ElfFile; readonly neededBy: string }

export const missingSonameLink: Check = {
  id: ID,
  title: 'Libraries can be found under the names that others need them by',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const lost = nativeLoads(subject, view).flatMap((load) =>
    load.result.missing.flatMap((lack): Lost[] => {
      const file = lostLink(lack, subject.artifact)
      return file === undefined ? [] : [{ load, file, neededBy: lack.neededBy.path }]
    }),
  )
  return [...groupBy(lost, ({ file }) => file.path).values()].map((uses) => finding(uses, subject, view))
}

const EFFECT: Readonly<Record<NativeLoad['need'], string>> = {
  required: ' does not load',
  optional: ' goes on without',
  unused: ' was not seen to be loaded',
}

function finding(uses: readonly Lost[], { plan }: Subject, view: RuntimeView): Finding {
  const [first] = uses
  const path = first?.file.path ?? ''
  const soname = first?.file.soname ?? ''
  const folder = posix.dirname(path)
  const need = strongest(uses.map(({ load }) => load.need))
  const because = uses.find(({ load }) => load.need === need)?.load.because ?? ''
  const owner = uses.find(({ load }) => load.owner !== undefined)?.load.owner
  const link = `ln -s ${shellWord(posix.basename(path))} ${shellWord(`${folder}/${soname}`)}`
  return {
    rule: ID,
    ...verdict(need, view),
    ...breaks(uses.map(({ load }) => load)),
    subject: path,
    ...(owner === undefined ? {} : { owner: owner.purl }),
    message: `${code(path)} is there, but not under the name ${code(soname)} by which others need it: the link was lost, and what needs it${EFFECT[need]}${need === 'unused' ? '' : ` (${because})`}`,
    expected: code(`${folder}/${soname}`),
    actual: code(posix.basename(path)),
    help:
      plan.kind === 'image'
        ? `Copy libraries with their links (${code('cp -a')}, ${code('COPY')} of the whole folder), or make the link anew.\nRUN ${link}`
        : `Keep symbolic links in the layer (${code('cp -a')}, ${code('zip -y')}), or make the link anew.\n${link.replaceAll('/opt/', '')}`,
    ...examplesOf([...new Set(uses.map(({ neededBy }) => neededBy))]),
  }
}
