/**
 * The first two parts of a class's package, `org/sqlite` of `org/sqlite/core/DB.class`, by which a jar of many libraries
 * is taken apart; `undefined`: it has fewer.
 */
export function packageStem(name: string): string | undefined {
  return /^([^/]+\/[^/]+)\//.exec(name)?.[1]
}

/** The same of a function that the JVM looks for: `Java_org_sqlite_core_NativeDB_step` (JNI specification, "Resolving Native Method Names"). */
export function stemOfNativeMethod(symbol: string): string | undefined {
  const [, first, second] = /^Java_([a-zA-Z\d]+)_([a-zA-Z\d]+)_(?!\d)/.exec(symbol) ?? []
  return first === undefined || second === undefined ? undefined : `${first}/${second}`
}
