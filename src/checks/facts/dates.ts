const DAY = 24 * 60 * 60 * 1000

/** Days of the calendar from one ISO date to another; negative when `to` is earlier; `undefined` when one of them is no date. */
export function daysBetween(from: string, to: string): number | undefined {
  const days = Math.round((Date.parse(day(to)) - Date.parse(day(from))) / DAY)
  return Number.isNaN(days) ? undefined : days
}

/** `2026-04-30` of any ISO date. */
export function day(date: string): string {
  return date.slice(0, 10)
}
