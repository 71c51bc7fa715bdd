import { expect, it } from 'vitest'
import { cachedByNumba } from '../../../src/inspect/python/numba-cache.ts'

const line = (text: string) => cachedByNumba(Buffer.from(text))
const RUN = 'def run(x):\n    return x\n'

it.each([
  ['a function of the module', `import numba\n@numba.njit(cache=True)\n${RUN}`, 3],
  ['one under another name', `import numba as nb\n@nb.jit(nopython=True, cache=True)\n${RUN}`, 3],
  ['an imported one', `from numba import jit, prange\n@jit(cache = True)\n${RUN}`, 3],
  [
    'one imported under another name',
    `from numba.core import (\n    vectorize as fast,\n)\n@fast(["f4(f4)"], cache=True)\n${RUN}`,
    5,
  ],
  [
    'the first that is kept',
    `import numba\n@numba.njit()\n${RUN}@numba.njit(\n    locals={"a": numba.types.float32},\n    cache=True,\n)\n${RUN}`,
    9,
  ],
])('finds %s', (_, text, at) => {
  expect(line(text)).toBe(at)
})

it.each([
  ['is not kept', `import numba\n@numba.njit(cache=False)\n${RUN}`],
  ['is no decorator of numba', `import numba\n@numba.config(cache=True)\n${RUN}`],
  ['is that of another module', `import numba, other\n@other.njit(cache=True)\n${RUN}`],
  ['is not imported from numba', `import numba\nfrom other import njit\n@njit(cache=True)\n${RUN}`],
  [
    'is defined when another function is called',
    `import numba\ndef make():\n    @numba.njit(cache=True)\n    def run(x):\n        return x\n`,
  ],
  ['decorates a class', `import numba\n@numba.jit(cache=True)\nclass Run:\n    pass\n`],
  ['is mentioned', `import numba\n# @numba.njit(cache=True)\n${RUN}`],
  ['is there without numba', `@njit(cache=True)\n${RUN}`],
])('passes over what %s', (_, text) => {
  expect(line(text)).toBeUndefined()
})
