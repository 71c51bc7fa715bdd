import { describe, expect, it } from 'vitest'
import { pythonRecord } from '../../../src/checks/python-record.ts'
import { type DistributionDraft, makePythonLayer } from './python-layer.ts'

const record = (module: string) => ({ files: 1, native: [], modules: [module], others: [] })
const REQUIRES = ['tqdm>=4.27', 'fast-words<0.20,>=0.19', 'boost; extra == "gpu"']
const CHECK = `from .table import deps
from .versions import require_version
needed = [
    "python",
    "tqdm",
    "fast-words",
    "boost",
]
for name in needed:
    if name in deps:
        if name == "boost":
            if not has_boost():
                continue
        require_version(deps[name])
    else:
        raise ValueError(f"can't find {name} in {deps.keys()}")
`

describe('a package that compares versions of what is installed', () => {
  const errors = (
    there: Readonly<Record<string, string>>,
    own: DistributionDraft | undefined,
    check = CHECK,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const found = Object.entries(there).map(([name, version]) => ({ name, version, record: record(name) }))
    const layer = makePythonLayer({
      sources: {
        'app/__init__.py': 'from . import check\n',
        'app/check.py': check,
        'app/table.py': 'deps = {}\n',
        'app/versions.py': 'def require_version(requirement): pass\n',
        ...more,
      },
      distributions: [...(own === undefined ? [] : [{ name: 'app', record: record('app'), ...own }]), ...found],
    })
    return pythonRecord
      .run(layer)
      .findings.filter(({ level }) => level === 'error')
      .map(({ message }) => message)
  }
  const good = { tqdm: '4.66.0', 'fast-words': '0.19.1' }
  const own = { requires: REQUIRES }

  it('goes on with what it takes', () => expect(errors(good, own)).toEqual([]))
  it('refuses another one', () => {
    expect(errors({ ...good, 'fast-words': '0.21.0' }, own)).toEqual([
      expect.stringContaining('asks for `fast-words<0.20,>=0.19` and refuses `fast-words 0.21.0`: `import app` fails'),
    ])
  })
  it('asks for what is not there', () => {
    expect(errors({ 'fast-words': '0.19.1' }, own)).toEqual([
      expect.stringContaining('requires `tqdm`, which neither the layer nor the runtime has, and `import app` fails'),
    ])
  })
  it('asks for metadata that somebody took out, and ends at the first', () => {
    const tqdm = { 'tqdm/__init__.py': '' }
    const told = [expect.stringContaining('`import app` asks for the metadata of `tqdm`')]
    expect(errors({}, undefined, CHECK, tqdm)).toEqual(told)
    expect(errors({ 'fast-words': '0.19.1' }, own, CHECK, tqdm)).toEqual(told)
    expect(errors({}, undefined)).toEqual([])
  })
  it('does without what a condition sets apart', () => {
    const own = { requires: [...REQUIRES, 'boost'] }
    expect(errors({ ...good, boost: '1' }, own)).toEqual([])
    expect(errors(good, own)).toEqual([])
  })
  it('is not seen where the names are computed', () => {
    expect(errors({ ...good, 'fast-words': '0.21.0' }, own, CHECK.replace('needed = [', 'needed = all() + ['))).toEqual(
      [],
    )
  })
})
