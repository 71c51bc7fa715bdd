/** What one file of a Python installation says. */
export type PythonFile = PythonDistribution

/** An installed distribution: `path` is its folder, `…/numpy-2.1.0.dist-info`. */
export type PythonDistribution = {
  readonly kind: 'distribution'
  readonly path: string
  /** Normalised name (PEP 503). */
  readonly name: string
  readonly version: string
}
