import type { PythonImports } from './python-imports.ts'

/** A compiled module made for NumPy 1 that the import of a requested module gets to, beside a newer NumPy. */
export type OtherNumpy = { readonly file: string; readonly version: string; readonly module: string }

export function otherNumpy({ packages }: PythonImports): readonly OtherNumpy[] {
  return packages
    .filter(({ isRequested }) => isRequested)
    .flatMap(({ imports }) =>
      imports.flatMap(({ module, failures }) =>
        failures.flatMap(({ cause }) =>
          cause.kind === 'other-numpy' ? [{ file: cause.file, version: cause.version, module }] : [],
        ),
      ),
    )
}
