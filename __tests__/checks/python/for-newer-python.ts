import type { Subject } from '../../../src/checks/check.ts'
import { makePythonLayer } from './python-layer.ts'

/** A layer whose package imports typing_extensions, requires this, and brings nothing of it. */
export function makeForNewerPython(...requires: readonly string[]): Subject {
  return makePythonLayer({
    sources: { 'fastmath/__init__.py': 'from typing_extensions import Self\n' },
    distributions: [{ record: { files: 3, native: [], modules: ['fastmath'], others: [] }, requires }],
  })
}
