// The sweep over installs of popular packages as layers: `prepare` installs them and executes each in its runtime,
// `judge` compares what our checks say with what happened.
//   node scripts/corpus-sweep.ts prepare [--runtime NAME] [--only PACKAGE,…] [--variants NAME,…] [--from N] [--first N]
//   node scripts/corpus-sweep.ts judge [--runtime NAME,…] [--only PACKAGE,…] [--variants NAME,…] [--show missed,false]
//   node scripts/corpus-sweep.ts bundle|smoke|mend [--every N] [--runtime …] [--only …] [--variants …]
// `--list` takes other packages instead: holdout, second-tuned, second-unseen, third-tuned, third-holdout, fourth, fifth, sixth, seventh, seventh-mixed, eighth, ninth, tenth, tenth-drawn, tenth-chosen, eleventh, twelfth, thirteenth, thirteenth-more, wrappers (npm: third-unseen, pure, shaped, ninth-drawn);
// `--shapes` the good install and the same as other tools and habits lay it out;
// `--compiled` it and the same compiled by the headers of each release of Node.js;
// `--lost` it and the same after JavaScript got lost;
// `--drawn N` the good install and N wrong ones drawn by a hash; `--likely N` those of the sixth list, `--wrong N` those of the seventh, `--plain N` those of the eleventh to thirteenth.
// `judge` takes what is prepared and executed; disagreements go to judged/disagreements.json in the lab's cache.
// `bundle` runs dist/index.js on every Nth of them and says where its errors are not those of the source; `smoke` runs it with
// the smoke of a layer, and compares what stands at the end with what happened; `mend` follows the advice for the errors of a
// broken one, in a copy, judges it again and executes it.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpusFolders, installFolder } from '../__tests__/corpus/corpus-folders.ts'
import { type CorpusPackage, RUNTIMES, type RuntimeName } from '../__tests__/corpus/install.ts'
import { errorsOfBundle, reportOfBundle } from '../__tests__/corpus/judge/bundle.ts'
import { compareWithParts } from '../__tests__/corpus/judge/compare-with-parts.ts'
import type { Comparison } from '../__tests__/corpus/judge/comparison.ts'
import { judge } from '../__tests__/corpus/judge/judge.ts'
import { judgeAll } from '../__tests__/corpus/judge/judge-all.ts'
import { account, mend, outcome } from '../__tests__/corpus/judge/mend.ts'
import { summary } from '../__tests__/corpus/judge/summary.ts'
import type { ToJudge } from '../__tests__/corpus/judge/worker.ts'
import { LISTS } from '../__tests__/corpus/packages/lists.ts'
import { prepareAndExecute } from '../__tests__/corpus/prepare/prepare-and-execute.ts'
import { readPrepared } from '../__tests__/corpus/prepare/prepared.ts'
import { eachAlone, together } from '../__tests__/corpus/reality/containers.ts'
import { readReality } from '../__tests__/corpus/reality/reality.ts'
import { runtimeImage } from '../__tests__/corpus/runtime-image.ts'
import { folderName } from '../__tests__/corpus/variants.ts'
import { installsIn } from '../__tests__/corpus/ways.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runtime: { type: 'string' },
    list: { type: 'string', default: 'tuned' },
    drawn: { type: 'string' },
    likely: { type: 'string' },
    wrong: { type: 'string' },
    plain: { type: 'string' },
    shapes: { type: 'boolean' },
    compiled: { type: 'boolean' },
    lost: { type: 'boolean' },
    every: { type: 'string', default: '20' },
    show: { type: 'string', default: 'missed,false' },
    only: { type: 'string' },
    variants: { type: 'string' },
    from: { type: 'string', default: '0' },
    first: { type: 'string', default: '1000' },
  },
})

const runtimeNames = (values.runtime?.split(',') ?? Object.keys(RUNTIMES)) as RuntimeName[]
const folders = corpusFolders()

if (positionals[0] === 'prepare') await prepareAll()
else if (positionals[0] === 'judge') await judgeEverything()
else if (positionals[0] === 'bundle') await compareWithBundle()
else if (positionals[0] === 'smoke') await judgeWithSmoke()
else if (positionals[0] === 'mend') await mendEverything()
else console.error('node scripts/corpus-sweep.ts prepare|judge|bundle|smoke|mend')

function chosen(runtimeName: RuntimeName): readonly CorpusPackage[] {
  const list = LISTS[values.list]
  if (list === undefined) throw new Error(`--list is one of ${Object.keys(LISTS).join(', ')}`)
  const all = runtimeName.startsWith('python') ? list.python : list.npm
  const only = values.only?.split(',')
  return all
    .filter((one) => only === undefined || only.includes(folderName(one)))
    .slice(Number(values.from), Number(values.from) + Number(values.first))
}

async function prepareAll(): Promise<void> {
  for (const name of runtimeNames) await prepareRuntime(name)
}

async function prepareRuntime(name: RuntimeName): Promise<void> {
  const image = await runtimeImage(RUNTIMES[name])
  const variants = values.variants?.split(',')
  for (const wanted of chosen(name)) {
    const [right, ...others] = installsIn(values, wanted, name)
    if (right === undefined) continue
    const installs = [right, ...others.filter(({ variant }) => variants?.includes(variant) ?? true)] as const
    console.log(
      `${folderName(wanted)} ${await prepareAndExecute(folders, installs, image, values.shapes ? eachAlone : together)}`,
    )
  }
}

async function judgeEverything(): Promise<void> {
  const started = performance.now()
  const shown = values.show.split(',')
  const { comparisons, failed } = await judgeAll(await executed(), (one) => {
    if (shown.includes(one.outcome)) print(one)
  })
  report(comparisons, failed)
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`)
}

async function compareWithBundle(): Promise<void> {
  const work = (await executed(true)).filter((_, index) => index % Number(values.every) === 0)
  let same = 0
  for (const { prepared, image } of work) {
    const { findings } = await judge(folders, prepared, image)
    const ours = findings.filter(({ level }) => level === 'error').map(({ rule, subject }) => `${rule} ${subject}`)
    const theirs = await errorsOfBundle(folders, prepared, image)
    if (JSON.stringify(ours) === JSON.stringify(theirs)) same += 1
    else console.log(`${prepared.install.id}\n  source ${ours.join('; ')}\n  bundle ${theirs.join('; ')}`)
  }
  console.log(`bundle and source say the same of ${same} of ${work.length} installs`)
}

async function judgeWithSmoke(): Promise<void> {
  // As much memory as most functions have: a package that wants more than Lambda's least is no broken one.
  const inputs = { smoke: 'true', 'memory-size': '1024' }
  const work = (await executed(true)).filter((_, index) => index % Number(values.every) === 0)
  const comparisons: Comparison[] = []
  for (const toJudge of work) {
    const { findings, notChecked } = await reportOfBundle(folders, toJudge.prepared, toJudge.image, inputs)
    const one = await compareWithParts(folders, toJudge, { findings, notChecked, defects: [] })
    comparisons.push(one)
    if (one.outcome !== 'agree') print(one)
  }
  for (const line of summary(comparisons)) console.log(line)
}

async function mendEverything(): Promise<void> {
  const counts = {
    mended: 0,
    'in the second round': 0,
    'errors left': 0,
    'no errors, and fails': 0,
    'no command for a folder': 0,
  }
  for (const { prepared, image } of (await executed(true)).filter((_, index) => index % Number(values.every) === 0)) {
    const mending = await mend(folders, prepared, image)
    if (mending === undefined) continue
    const how = outcome(mending)
    counts[how]++
    console.log(`${how} ${prepared.install.id}`)
    if (how !== 'mended') for (const line of account(mending)) console.log(`    ${line}`)
  }
  console.log(counts)
}

/** Everything chosen that is prepared and executed. */
/** `needsFiles`: kept evidence alone will not do. */
async function executed(needsFiles = false): Promise<readonly ToJudge[]> {
  const variants = values.variants?.split(',')
  const work: ToJudge[] = []
  for (const name of runtimeNames) {
    const image = await runtimeImage(RUNTIMES[name])
    for (const install of chosen(name).flatMap((wanted) => installsIn(values, wanted, name))) {
      if (variants !== undefined && !variants.includes(install.variant)) continue
      if (needsFiles && !existsSync(join(installFolder(folders, install), 'layer'))) continue
      const prepared = readPrepared(folders, install)
      const reality = prepared === undefined ? undefined : readReality(folders, prepared, image.id)
      if (prepared !== undefined && reality !== undefined) work.push({ prepared, reality, image })
    }
  }
  return work
}

function report(comparisons: readonly Comparison[], failed: readonly string[]): void {
  for (const line of failed) console.log(`!! ${line}`)
  for (const defect of new Set(comparisons.flatMap(({ defects }) => defects))) console.log(`defect ${defect}`)
  const disagreements = comparisons.filter(({ outcome }) => outcome !== 'agree')
  const file = join(folders.judged, 'disagreements.json')
  writeFileSync(file, `${JSON.stringify(disagreements, undefined, 1)}\n`)
  for (const line of summary(comparisons)) console.log(line)
  console.log(file)
}

function print({ id, outcome, reality, errors, warnings, failures }: Comparison): void {
  const cut = (text: string) => text.replace(/\s+/g, ' ').slice(0, 220)
  console.log(`${outcome} ${id} (${reality})`)
  for (const error of errors.slice(0, 4)) console.log(`    error   ${cut(error)}`)
  if (outcome !== 'false') for (const warning of warnings.slice(0, 3)) console.log(`    warning ${cut(warning)}`)
  for (const [name, text] of Object.entries(failures).slice(0, 3)) console.log(`    fails   ${name}: ${cut(text)}`)
}
