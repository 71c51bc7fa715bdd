import { parsePipRequirementsLine, parsePipRequirementsLineLoosely } from 'pip-requirements-js'
import { normalisedName } from './distribution-name.ts'
import type { Marker } from './environment-marker.ts'

/** What a distribution requires, as a line of Requires-Dist says it (PEP 508). */
export type Requirement = {
  /** As written: `google-api-core[grpc]<3,>=2; python_version >= "3.9"`. */
  readonly text: string
  /** Normalised, as those of extras. */
  readonly name: string
  readonly extras: readonly string[]
  /** Of versions, joined by commas (PEP 440); empty: any will do. */
  readonly specifiers: string
  /** When it is required; absent: always. `unreadable`: nobody can tell. */
  readonly marker?: Marker | 'unreadable'
}

// The longest of 90,000 real ones has 413 characters; what only an attacker writes is not worth the time.
const LONGEST = 2_000

/** `undefined`: not even a name can be read. */
export function readRequirement(text: string): Requirement | undefined {
  if (text.length > LONGEST) return undefined
  const wanted = text.replace(ADDRESS, '$1')
  return strictly(text, wanted) ?? loosely(text, wanted)
}

// Where it is to be taken from says nothing of what is there; the parser does not take a marker behind it.
const ADDRESS = /^([\w.\s[\],-]*)@\s*\S+/

function strictly(text: string, wanted: string): Requirement | undefined {
  const line = attempt(() => parsePipRequirementsLine(wanted))
  if (line?.type !== 'ProjectName') return undefined
  const { name, extras = [], versionSpec: versions = [], environmentMarkerTree: marker } = line
  return {
    text,
    name: normalisedName(name),
    extras: extras.map(normalisedName),
    specifiers: versions.map(({ operator, version }) => `${operator}${version}`).join(','),
    ...(marker === undefined ? {} : { marker }),
  }
}

/** Old tools wrote what no specification knows (`os.name == 'nt'`, `>=1,`): the name is read, what else was meant is not. */
function loosely(text: string, wanted: string): Requirement | undefined {
  const line = attempt(() => parsePipRequirementsLineLoosely(wanted))
  if (line === null || line === undefined) return undefined
  const { name, extras = [] } = line
  return { text, name: normalisedName(name), extras: extras.map(normalisedName), specifiers: '', marker: 'unreadable' }
}

/** The parser throws on what it cannot read, and where markers are nested beyond the stack. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}
