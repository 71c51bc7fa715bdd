import { shorten } from '../../report/escape.ts'

/** One place where two JSON values differ; values as JSON, shortened; `nothing` where a member is missing. */
export type Difference = { readonly path: string; readonly local: string; readonly deployed: string }

/** Where two JSON values differ, at most so many places. The order of members does not count. */
export function differences(local: unknown, deployed: unknown, most: number): readonly Difference[] {
  const found: Difference[] = []
  for (const one of compare(local, deployed, '$')) {
    found.push(one)
    if (found.length === most) break
  }
  return found
}

function* compare(local: unknown, deployed: unknown, path: string): Generator<Difference> {
  if (Array.isArray(local) && Array.isArray(deployed)) {
    for (let index = 0; index < Math.max(local.length, deployed.length); index += 1) {
      yield* compare(local[index], deployed[index], `${path}[${index}]`)
    }
  } else if (isObject(local) && isObject(deployed)) {
    for (const name of new Set([...Object.keys(local), ...Object.keys(deployed)])) {
      yield* compare(own(local, name), own(deployed, name), path + step(name))
    }
  } else if (local !== deployed) {
    yield { path: shorten(path, LONGEST_PATH), local: brief(local), deployed: brief(deployed) }
  }
}

const LONGEST_PATH = 200
const LONGEST_VALUE = 100

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function step(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

function brief(value: unknown): string {
  return shorten(JSON.stringify(value) ?? 'nothing', LONGEST_VALUE)
}
