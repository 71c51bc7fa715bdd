import type { PythonImports } from './python-imports.ts'

/**
 * A compiled module made for NumPy 1 that the import of a requested module gets to, beside a newer NumPy. `goesOn`: the
 * import works all the same.
 */
export type OtherNumpy = {
  readonly file: string
  readonly version: string
  readonly module: string
  readonly goesOn: boolean
}

export function otherNumpy({ packages }: PythonImports): readonly OtherNumpy[] {
  return packages
    .filter(({ isRequested }) => isRequested)
    .flatMap(({ imports }) =>
      imports.flatMap(({ module, failures, caught }) =>
        [...failures, ...caught].flatMap(({ cause }) =>
          cause.kind === 'other-numpy'
            ? [{ file: cause.file, version: cause.version, module, goesOn: caught.some((one) => one.cause === cause) }]
            : [],
        ),
      ),
    )
}
