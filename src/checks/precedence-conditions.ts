import { isWithin } from './facts/image-tree.ts'
import type { GroundedFinding } from './grounds.ts'

/** When one finding is the consequence of another; by rules, levels, places and grounds, never by what messages say. */
export type Condition = (cause: GroundedFinding, other: GroundedFinding) => boolean

const isOfLevelError = ({ level }: GroundedFinding): boolean => level === 'error'

const haveOneOwner: Condition = (cause, other) => cause.owner !== undefined && cause.owner === other.owner

export const isError: Condition = (cause) => isOfLevelError(cause)

export const isOneSubject: Condition = (cause, other) => isOfLevelError(cause) && cause.subject === other.subject

export const isOnePackage: Condition = (cause, other) =>
  isOfLevelError(cause) && (cause.subject === other.subject || haveOneOwner(cause, other))

/** Whether it breaks is not known, and need not be. */
export const isUnclear: Condition = (cause, other) => isOfLevelError(cause) && !isOfLevelError(other)

export const isLesserOfPackage: Condition = (cause, other) => !isOfLevelError(other) && isOnePackage(cause, other)

export const isLesserOfSubject: Condition = (cause, other) => !isOfLevelError(other) && isOneSubject(cause, other)

/** The same, and what two warnings say of one package. */
export const isLesserOfOwner: Condition = (cause, other) =>
  isLesserOfPackage(cause, other) ||
  (cause.level === 'warning' && other.level === 'warning' && haveOneOwner(cause, other))

/** What lies in the folder that the cause is about. */
export const isBelow: Condition = (cause, other) => isOfLevelError(cause) && isWithin(other.subject, cause.subject)

/** That two systems differ is a guess at what breaks; what was found to break says it, at the same level or a higher one. */
export const isExplained: Condition = (cause, other) =>
  other.level !== 'note' && (isOfLevelError(cause) || cause.level === other.level)

/** A library that what compiled the code lacks as well is no matter of two systems. */
export const isLackOfSystem: Condition = (cause, other) =>
  isExplained(cause, other) && cause.grounds?.isInBuild === true

export const isOfGlibc: Condition = (cause, { grounds }) =>
  isOfLevelError(cause) && grounds?.unmetVersions?.some((version) => version.startsWith('GLIBC_')) === true

export const isOfProcessor: Condition = (cause, { grounds }) => isOfLevelError(cause) && grounds?.fault === 'processor'

/** What a wheel brought for itself and the artifact lacks is told with what cannot be loaded for it. */
export const isOfSameRecord: Condition = (cause, other) =>
  !isOfLevelError(other) &&
  cause.grounds?.incomplete !== undefined &&
  cause.grounds.incomplete === other.grounds?.incomplete

/** The library that is not found lies there, and is what the cause is about. */
export const isPassedOver: Condition = (cause, other) =>
  isOnePackage(cause, other) ||
  (cause.level === other.level &&
    other.grounds?.passedOver?.some((path) => cause.grounds?.files?.includes(path)) === true)

/** What is there instead of the function's (`x-darwin-arm64`, `x.cpython-311-darwin.so`) is dead weight for the same cause. */
export const isDeadWeightOfIt: Condition = (cause, other) =>
  cause.level !== 'note' &&
  other.level === 'note' &&
  other.grounds?.files?.every((path) => cause.grounds?.files?.some((place) => isWithin(path, place))) === true
