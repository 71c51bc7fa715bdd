import { Thing } from './values.ts'

/** The functions that its class gives an instance, as far as they are written in scripts and meant for others. */
export function methodsOf({ proto }: Thing): readonly Thing[] {
  if (!(proto instanceof Thing)) return []
  return [...proto.properties].flatMap(([name, { value }]) =>
    typeof name === 'string' &&
    !/^(?:constructor$|[_#])/.test(name) &&
    value instanceof Thing &&
    value.call !== undefined &&
    !('native' in value.call)
      ? [value]
      : [],
  )
}
