import { expect, it } from 'vitest'
import { numbaCache } from '../../../src/checks/numba-cache.ts'
import { hasCache } from '../../../src/checks/python/numba-cache.ts'
import { makePythonLayer } from './python-layer.ts'

it.each([
  [{ NUMBA_CACHE_DIR: '/tmp' }, true],
  [{ NUMBA_CACHE_DIR: '/mnt/efs' }, true],
  [{ NUMBA_DISABLE_JIT: '1' }, true],
  [{ NUMBA_DISABLE_JIT: '0' }, false],
  [{ HOME: '/tmp' }, true],
  [{ HOME: '/home/sbx_user1051' }, false],
  [{ HOME: '/tmp', XDG_CACHE_HOME: '/var/cache' }, false],
  [{ HOME: '/root', XDG_CACHE_HOME: '/tmp/cache' }, true],
  [{ HOME: '/tmpfs' }, false],
  [{}, false],
])('%o has a folder to write to: %s', (environment, has) => {
  expect(hasCache(environment)).toBe(has)
})

it('takes what the smoke gives the function for what it has', () => {
  const subject = makePythonLayer({
    sources: {
      'numba/__init__.py': '',
      'umap.py': 'import numba\n@numba.njit(cache=True)\ndef run(x):\n    return x\n',
    },
  })
  const smoked = (environment: Readonly<Record<string, string>>) => {
    const plan = { ...subject.plan, smoke: { environment } } as typeof subject.plan
    return numbaCache.run({ ...subject, plan }).findings.map(({ level }) => level)
  }
  expect(smoked({})).toEqual(['error'])
  expect(smoked({ STAGE: 'test' })).toEqual(['error'])
  expect(smoked({ NUMBA_CACHE_DIR: '/tmp/numba' })).toEqual([])
  expect(smoked({ HOME: '(not shown)' })).toEqual([])
})
