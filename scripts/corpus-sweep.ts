// The sweep over installs of popular packages as layers: `prepare` installs them and executes each in its runtime,
// `judge` compares what our checks say with what happened.
//   node scripts/corpus-sweep.ts prepare [--runtime NAME] [--only PACKAGE,…] [--variants NAME,…] [--first N]
import { parseArgs } from 'node:util'
import { corpusFolders } from '../__tests__/corpus/corpus-folders.ts'
import { type CorpusPackage, RUNTIMES, type RuntimeName } from '../__tests__/corpus/install.ts'
import { NPM_PACKAGES } from '../__tests__/corpus/packages/npm.ts'
import { PYTHON_PACKAGES } from '../__tests__/corpus/packages/python.ts'
import { prepareInstall } from '../__tests__/corpus/prepare/prepare.ts'
import type { Prepared } from '../__tests__/corpus/prepare/prepared.ts'
import { execute } from '../__tests__/corpus/reality/reality.ts'
import { runtimeImage } from '../__tests__/corpus/runtime-image.ts'
import { folderName, installsOf } from '../__tests__/corpus/variants.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runtime: { type: 'string', default: 'python3.11' },
    only: { type: 'string' },
    variants: { type: 'string' },
    from: { type: 'string', default: '0' },
    first: { type: 'string', default: '1000' },
  },
})

const runtimeName = values.runtime as RuntimeName
const folders = corpusFolders()

if (positionals[0] === 'prepare') await prepareAll()
else console.error('node scripts/corpus-sweep.ts prepare|judge')

function chosen(): readonly CorpusPackage[] {
  const all = runtimeName.startsWith('python') ? PYTHON_PACKAGES : NPM_PACKAGES
  const only = values.only?.split(',')
  return all
    .filter((one) => only === undefined || only.includes(folderName(one)))
    .slice(Number(values.from), Number(values.from) + Number(values.first))
}

async function prepareAll(): Promise<void> {
  const runtime = RUNTIMES[runtimeName]
  const image = await runtimeImage(runtime)
  for (const wanted of chosen()) {
    const started = performance.now()
    try {
      const prepared = await prepareVariants(wanted)
      const results = await execute(folders, runtime, image, prepared)
      const words = prepared.map(({ install, sameAs, impossible }) => {
        const verdict =
          results.get(install.id)?.verdict ?? (sameAs !== undefined ? '=' : impossible !== undefined ? '-' : '?')
        return `${install.variant}:${verdict}`
      })
      console.log(`${folderName(wanted)} ${((performance.now() - started) / 1000).toFixed(0)}s ${words.join(' ')}`)
    } catch (error) {
      console.log(`${folderName(wanted)} !! ${error instanceof Error ? error.message.slice(-600) : error}`)
    }
  }
}

async function prepareVariants(wanted: CorpusPackage): Promise<readonly Prepared[]> {
  const variants = values.variants?.split(',')
  const installs = installsOf(wanted, runtimeName)
  const [first, ...others] = installs
  if (first === undefined) return []
  const right = await prepareInstall(folders, first)
  const prepared = [right]
  // Two at a time: the registries are asked gently.
  const queue = others.filter(({ variant }) => variants === undefined || variants.includes(variant))
  await Promise.all(
    [0, 1].map(async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        try {
          prepared.push(await prepareInstall(folders, next, right))
        } catch (error) {
          console.log(`${next.id} !! ${error instanceof Error ? error.message.slice(-400) : error}`)
        }
      }
    }),
  )
  return prepared
}
