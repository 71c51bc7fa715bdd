/**
 * What a record has under a name of unknown origin. `record[name]` would also find what every object inherits: a Python
 * variable, a tool or an npm script may well be called `constructor` or `toString`.
 */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}
