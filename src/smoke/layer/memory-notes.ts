import type { Finding } from '../../checks/check.ts'
import { examplesOf } from '../../checks/facts/examples.ts'
import { code } from '../../checks/facts/wording.ts'
import { quota } from '../../lambda/quotas.ts'
import type { SmokeReport } from '../../report/report.ts'

/** A note about packages of a layer that cannot be loaded with the memory that Lambda gives when nobody says how much. */
export function memoryNotes({ cases }: SmokeReport): readonly Finding[] {
  const hungry = cases.flatMap(({ name, status, memorySize }) =>
    status === 'failed' || memorySize === undefined ? [] : [{ name, memorySize }],
  )
  const [first] = hungry
  if (first === undefined) return []
  const least = quota('memory-minimum').value
  const most = Math.max(...hungry.map(({ memorySize }) => memorySize))
  const isAlone = hungry.length === 1
  const who = isAlone ? `${code(first.name)} needs` : `${code(first.name)} and ${hungry.length - 1} more need`
  const told = isAlone ? 'it was tried again' : 'they were tried again'
  return [
    {
      rule: 'smoke',
      level: 'note',
      confidence: 'proven',
      subject: first.name,
      message: `${who} more memory than the ${least} MB that Lambda gives a function when nobody says how much; ${told}, and loaded with ${most} MB`,
      expected: `${least} MB`,
      actual: `up to ${most} MB`,
      help: `Give functions that use the layer at least as much, and state it here to have the layer tried with it.\nmemory-size: ${most}`,
      ...examplesOf(hungry.map(({ name, memorySize }) => `${name}: up to ${memorySize} MB`)),
    },
  ]
}
