import type { EnvironmentMarker } from 'pip-requirements-js'

/** When a requirement counts (PEP 508): a comparison, or two markers joined. Texts keep their quotes, variables have none. */
export type Marker = EnvironmentMarker

export type JoinedMarkers = Extract<Marker, { readonly operator: 'and' | 'or' }>
export type Comparison = Exclude<Marker, JoinedMarkers>

export function isJoined(marker: Marker): marker is JoinedMarkers {
  return marker.operator === 'and' || marker.operator === 'or'
}

/** The text between quotes; `undefined`: a variable. */
export function textOf(side: Comparison['left']): string | undefined {
  return /^["']/.test(side) ? side.slice(1, -1) : undefined
}
