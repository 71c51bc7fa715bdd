import { normalisedName } from './distribution-name.ts'
import { type Comparison, isJoined, type Marker, textOf } from './environment-marker.ts'
import type { Requirement } from './requirement.ts'

/** Normalised names of extras that its marker asks for: `extra == "tracer" or extra == "all"`. */
export function extrasOf({ marker }: Requirement): readonly string[] {
  return marker === undefined || marker === 'unreadable' ? [] : namedIn(marker)
}

/** The same where each of them brings it by itself; what another condition asks for too may not be for this Python. */
export function onlyExtras({ marker }: Requirement): readonly string[] {
  return marker !== undefined && marker !== 'unreadable' && isAnyExtra(marker) ? namedIn(marker) : []
}

function namedIn(marker: Marker): readonly string[] {
  if (isJoined(marker)) return [...namedIn(marker.left), ...namedIn(marker.right)]
  const extra = extraOf(marker)
  return extra === undefined ? [] : [extra]
}

function isAnyExtra(marker: Marker): boolean {
  if (isJoined(marker)) return marker.operator === 'or' && isAnyExtra(marker.left) && isAnyExtra(marker.right)
  return extraOf(marker) !== undefined
}

function extraOf({ left, operator, right }: Comparison): string | undefined {
  if (operator !== '==' || (left !== 'extra' && right !== 'extra')) return undefined
  return normalisedName(textOf(left) ?? textOf(right) ?? '')
}
