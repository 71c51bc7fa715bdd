import type { Check, Confidence, Finding, Level, Subject } from './check.ts'
import { baseOfImage, NO_BASE } from './facts/base-of-image.ts'
import { code } from './facts/wording.ts'

const ID = 'environment-drift'

type Variables = Readonly<Record<string, string>>
type Drift = {
  readonly name: string
  readonly level: Exclude<Level, 'error'>
  readonly what: string
  readonly help: string
}

export const environmentDrift: Check = {
  id: ID,
  title: "The base image's variables are kept",
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const { image } = subject.artifact
    if (image === undefined) return { findings: [], notChecked: 'the configuration of the image was not read' }
    const own = reserved(image.environment).map((drift) => finding(drift, {}, image.environment, 'table'))
    const base = baseOfImage(subject)?.image.environment
    if (base === undefined) return { findings: own, notChecked: NO_BASE }
    const drifts = [
      ...paths(base, image.environment),
      ...kept(base, image.environment),
      ...added(base, image.environment, subject),
    ]
    return { findings: [...drifts.map((drift) => finding(drift, base, image.environment, 'proven')), ...own] }
  },
}

const SEARCH_PATHS = ['PATH', 'LD_LIBRARY_PATH'] as const

/** Entry by entry: what is left out or in another order is no longer found, or found elsewhere. */
function paths(base: Variables, own: Variables): readonly Drift[] {
  return SEARCH_PATHS.flatMap((name) => {
    const before = entries(base[name])
    const now = entries(own[name])
    if (before.length === 0 || base[name] === own[name]) return []
    const lost = before.filter((entry) => !now.includes(entry))
    const order = now.filter((entry) => before.includes(entry))
    const first = now.slice(
      0,
      now.findIndex((entry) => before.includes(entry)),
    )
    const keep = `Put your folders behind those of the base.\nENV ${name}=$${name}:/your/folder`
    if (lost.length > 0) return [{ name, level: 'warning', what: `has lost ${lost.map(code).join(', ')}`, help: keep }]
    if (order.join(':') !== before.join(':'))
      return [{ name, level: 'warning', what: "searches the base's folders in another order", help: keep }]
    const ahead = first.map(code).join(', ')
    // What programs are started is seen at once; which libraries they get is not.
    if (first.length > 0)
      return [
        {
          name,
          level: name === 'PATH' ? 'note' : 'warning',
          what: `searches ${ahead} before the base's folders`,
          help: keep,
        },
      ]
    return [{ name, level: 'note', what: "has more folders behind the base's", help: 'Nothing has to be done.' }]
  })
}

const KEPT = /^(?:LAMBDA_.*|LANG|TZ)$/

function kept(base: Variables, own: Variables): readonly Drift[] {
  return Object.keys(base)
    .filter((name) => KEPT.test(name) && base[name] !== own[name])
    .map((name) => ({
      name,
      level: 'warning',
      what: own[name] === undefined ? 'was removed' : "differs from the base's",
      help: `Remove it from the Dockerfile, and the base's value stays.\n# ENV ${name}=${base[name]} is the base's`,
    }))
}

/** Variables that change where an interpreter looks, or what it loads before the handler, by its language. */
const ADDED = [
  ['NODE_PATH', 'nodejs'],
  ['NODE_OPTIONS', 'nodejs'],
  ['PYTHONPATH', 'python'],
  ['PYTHONHOME', 'python'],
] as const

function added(base: Variables, own: Variables, { plan, runtimes }: Subject): readonly Drift[] {
  const family = plan.runtime?.family ?? runtimes[0]?.runtime?.family
  return ADDED.filter(([name]) => own[name] !== undefined && own[name] !== base[name]).map(([name, language]) => ({
    name,
    // Another language's interpreter may be in the image too, but the handler is not its business.
    level: family === undefined || family === language || family === 'provided' ? 'warning' : 'note',
    what:
      name === 'NODE_OPTIONS'
        ? 'is set for every Node.js that starts in the image'
        : 'is set, so that the runtime adds no folders of its own to it',
    help: `Set it where it is needed only, or keep the runtime's folders in it.\n# ENV ${name}=… replaces the runtime's own value`,
  }))
}

/** Lambda developer guide, "Defined runtime environment variables": the reserved ones that Lambda sets itself. */
const RESERVED =
  /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_(?:DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_(?:FUNCTION_(?:NAME|MEMORY_SIZE|VERSION)|INITIALIZATION_TYPE|LOG_(?:GROUP|STREAM)_NAME|RUNTIME_API)|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN))$/

function reserved(own: Variables): readonly Drift[] {
  return Object.keys(own)
    .filter((name) => RESERVED.test(name))
    .map((name) => ({
      name,
      level: 'note',
      what: 'has no effect: Lambda sets it itself',
      help: 'Remove it from the Dockerfile; a credential must not be in an image at all.',
    }))
}

function finding({ name, level, what, help }: Drift, base: Variables, own: Variables, confidence: Confidence): Finding {
  // Credentials are reserved too: no value of such a variable is shown.
  const shown = RESERVED.test(name) ? 'set' : own[name] === undefined ? 'not set' : code(own[name])
  return {
    rule: ID,
    level,
    confidence,
    subject: name,
    message: `${code(name)} ${what}`,
    expected: base[name] === undefined ? 'not set' : code(base[name]),
    actual: shown,
    help,
    count: 1,
    examples: [],
  }
}

function entries(value: string | undefined): readonly string[] {
  return (value ?? '').split(':').flatMap((entry) => (entry === '' ? [] : [entry.replace(/(.)\/+$/, '$1')]))
}
