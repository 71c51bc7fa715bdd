import type { SmokeReport } from '../../report/report.ts'
import { type ImportResult, importResults, isStarved } from './import-results.ts'

/** MB. More than the last one few functions have. */
const STEPS = [256, 512, 1024]

/**
 * The report with packages that died of too little memory loaded again with more, step by step. A layer has no memory size: a
 * function that uses it has, and that one needs more than Lambda gives when nobody says how much is no fault of the layer.
 */
export async function withEnoughMemory(
  report: SmokeReport,
  memorySize: number,
  again: (packages: readonly string[], memorySize: number) => Promise<SmokeReport>,
): Promise<SmokeReport> {
  const [one, ...others] = report.cases
  const first = importResults(one)
  if (one === undefined || first === undefined) return report
  const results = new Map(first.map((result) => [result.name, result]))
  for (const step of STEPS.filter((size) => size > memorySize)) {
    const starved = [...results.values()].filter(isStarved).map(({ name }) => name)
    if (starved.length === 0) break
    for (const result of await loads(again(starved, step))) results.set(result.name, { ...result, memorySize: step })
  }
  return { ...report, cases: [{ ...one, response: [...results.values()] }, ...others] }
}

async function loads(report: Promise<SmokeReport>): Promise<readonly ImportResult[]> {
  return importResults((await report).cases[0]) ?? []
}
