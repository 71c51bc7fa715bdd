import { alternatives, type InputProblem, shortened } from '../inputs/problem.ts'
import { nearestNames } from '../nearest-names.ts'

/** A function or layer of a template that this action can build or check. */
export type Candidate = {
  /** How lists and the report call it: the logical id, or for CDK the construct's path. */
  readonly id: string
  /** Every name that means it exactly: logical id, construct id, paths. */
  readonly names: readonly string[]
  /** Names that a beginning may stand for (CDK's hashed logical ids). */
  readonly hashed?: readonly string[]
  readonly kind: 'image' | 'layer'
}

/** A resource that somebody may name and that is no candidate; `why` is a whole sentence that says what to do instead. */
export type Refused = { readonly id: string; readonly names: readonly string[]; readonly why: string }

export type Selection<C> = { readonly selected: C } | { readonly problem: InputProblem }

type Wanted = { readonly resource?: string | undefined; readonly kind?: 'image' | 'layer' | undefined }

const MOST_LISTED = 20

/** The one resource that is meant. An exact name wins over a beginning, and a named one must be of the wanted kind. */
export function selectResource<C extends Candidate>(
  candidates: readonly C[],
  refused: readonly Refused[],
  { resource, kind }: Wanted,
): Selection<C> {
  const ofKind = candidates.filter((one) => kind === undefined || one.kind === kind)
  if (resource === undefined) return only(ofKind, candidates, refused, kind)
  const exact = candidates.filter(({ names }) => names.includes(resource))
  const no = refused.find(({ names }) => names.includes(resource))
  if (exact.length === 0 && no !== undefined) return wrong(resource, no.why)
  const begun = candidates.filter(({ hashed }) => hashed?.some((name) => name.startsWith(resource)))
  const meant = exact.length > 0 ? exact : begun
  const fitting = meant.filter((one) => ofKind.includes(one))
  const [first] = fitting
  if (first !== undefined && fitting.length === 1) return { selected: first }
  if (fitting.length > 1) return wrong(resource, `It means more than one: ${listed(fitting)}. Give one of these names.`)
  const [other] = meant
  if (other !== undefined) return wrong(resource, `That is ${KINDS[other.kind]}, and \`kind\` is \`${kind}\`.`)
  return wrong(resource, unknownName(resource, ofKind, candidates, refused))
}

function only<C extends Candidate>(
  ofKind: readonly C[],
  all: readonly C[],
  refused: readonly Refused[],
  kind: Wanted['kind'],
): Selection<C> {
  const [first] = ofKind
  if (first !== undefined && ofKind.length === 1) return { selected: first }
  if (ofKind.length > 1) {
    const why = `It is needed: the template has ${ofKind.length} to choose from. Accepted: ${listed(ofKind)}.`
    return { problem: { input: 'resource', why } }
  }
  const what = kind === undefined ? 'image function or layer' : kind === 'image' ? 'image function' : 'layer'
  const others =
    all.length > 0
      ? ` It has ${listed(all)}.`
      : refused
          .map(({ why }) => ` ${why}`)
          .slice(0, 3)
          .join('')
  return { problem: { input: 'template', why: `There is no ${what} in it.${others}` } }
}

function unknownName(
  resource: string,
  ofKind: readonly Candidate[],
  all: readonly Candidate[],
  refused: readonly Refused[],
): string {
  if (all.length === 0 && refused.length === 0)
    return 'The template has no resource of that name, and no function or layer.'
  const names = [...all, ...refused].flatMap((one) => one.names)
  const meant = nearestNames(resource, [...new Set(names)])
  const hint = meant.length === 0 ? '' : ` Did you mean ${alternatives(meant)}?`
  const accepted = ofKind.length === 0 ? '' : ` Accepted: ${listed(ofKind)}.`
  return `The template has no function or layer of that name.${hint}${accepted}`
}

const KINDS = { image: 'an image function', layer: 'a layer' } as const

function listed(candidates: readonly Candidate[]): string {
  const shown = candidates.slice(0, MOST_LISTED).map(({ id, kind }) => `\`${shortened(id)}\` (${kind})`)
  const more = candidates.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function wrong(value: string, why: string): { readonly problem: InputProblem } {
  return { problem: { input: 'resource', value, why } }
}
