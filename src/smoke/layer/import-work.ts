import type { Evidence } from '../../inspect/evidence.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import type { LayerPlan, SmokePlan } from '../../plan/plan.ts'
import { dependents } from './dependents.ts'
import { importCases } from './import-cases.ts'
import { importHandler } from './import-handlers.ts'
import { importablePackages } from './importable-packages.ts'
import { jarLoads } from './jar-loads.ts'
import type { Work } from './layer-work.ts'
import { mainModules } from './main-modules.ts'
import { type Requirable, requirableGems } from './requirable-gems.ts'

/** Packages are loaded one after the other: seconds for each, beside those that one may take which goes round in circles. */
const SECONDS_EACH = 5
const MOST_SECONDS = 900

const VERBS: Readonly<Partial<Record<Runtime['family'], 'import' | 'load'>>> = { python: 'import', java: 'load' }

/** A load of each top-level package, of Java of each jar; `undefined` when the runtime finds none by its name. */
export function importWork(plan: LayerPlan & { readonly smoke: SmokePlan }, layer: Evidence): Work | undefined {
  const { runtime, smoke: planned } = plan
  const program = importHandler(runtime.family)
  const isJava = runtime.family === 'java'
  const jars = isJava ? jarLoads(layer, { architecture: plan.architecture, libc: 'glibc' }) : []
  const packages =
    runtime.family === 'ruby' ? requirableGems(layer, runtime).packages : importablePackages(layer, runtime)
  const count = jars.length + packages.length
  const bystanders = { dependents: dependents(layer), mains: mainModules(layer), programs: programs(layer) }
  if (program === undefined || count === 0) return undefined
  // One of them may take a function's whole time, and must not take that of the others.
  const seconds = planned.timeout
  const timeout = Math.min(MOST_SECONDS, 2 * seconds + SECONDS_EACH * count)
  const smoke = (event: Readonly<Record<string, unknown>>): Partial<SmokePlan> => ({
    handler: program.handler,
    cases: [{ name: 'load packages', event, environment: {}, timeout }],
    timeout,
  })
  return {
    smoke: smoke(isJava ? { jars } : { packages, seconds }),
    ...(isJava
      ? {}
      : { only: (names) => smoke({ packages: packages.filter((one) => names.includes(told(one))), seconds }) }),
    task: (through, { containers }) =>
      containers.createVolume(through, { name: program.file, content: program.content }),
    told: (report) => importCases(report, VERBS[runtime.family] ?? 'require', bystanders),
  }
}

/** By what name the result of a package tells of it. */
function told(one: string | Requirable): string {
  return typeof one === 'string' ? one : (one.label ?? one.name)
}

function programs({ facts }: Evidence): ReadonlySet<string> {
  return new Set(facts.node.flatMap((file) => (file.kind === 'package' && file.commands ? [file.name] : [])))
}
