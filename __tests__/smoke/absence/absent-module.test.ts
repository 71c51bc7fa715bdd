import { describe, expect, it } from 'vitest'
import type { FileEntry } from '../../../src/inspect/evidence.ts'
import { findRuntime } from '../../../src/lambda/runtimes.ts'
import { absentModule } from '../../../src/smoke/absence/absent-module.ts'
import { baseFiles, makeDirectory, makeEvidence, makeFile, makeLink } from '../../builders/evidence.ts'
import { makePlan } from '../../builders/plan.ts'
import { makeRuntimeFacts, makeSubject } from '../../builders/subject.ts'

/** Files by path with all folders above them. */
function tree(...paths: readonly string[]) {
  const folders = new Set(
    paths.flatMap((path) => {
      const names = path.split('/').slice(1, -1)
      return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)
    }),
  )
  return [...[...folders].map((folder) => makeDirectory(folder)), ...paths.map((path) => makeFile(path))]
}

type Besides = { readonly links?: readonly FileEntry[]; readonly ignored?: string }

function said(text: string, id: string, files: readonly string[], { links = [], ignored }: Besides = {}) {
  const runtime = findRuntime(id)

  const artifact = makeEvidence({
    tools: id.startsWith('python') ? { python: id.slice('python'.length) } : { node: '22.11.0' },
    files: [...baseFiles(), ...tree(...files), ...links],
  })
  const facts = makeRuntimeFacts()
  return absentModule(
    text,
    makeSubject({
      artifact,
      runtimes: [{ ...facts, ...(runtime && { runtime }) }],
      plan: makePlan({
        ...(runtime && { runtime }),
        ...(ignored === undefined ? {} : { ignoreFile: { path: '.dockerignore', text: ignored } }),
      }),
    }),
  )
}

const OS = '/var/lang/lib/python3.11/os.py'
const SITE = '/var/lang/lib/python3.11/site-packages'

function python(text: string, ...files: readonly string[]) {
  return said(`Runtime.ImportModuleError: Unable to import module 'app': ${text}`, 'python3.11', [OS, ...files])
}

describe('a Python module that was not found', () => {
  it('was not installed: the distribution is named, not the module', () => {
    const help = python("No module named 'PIL'", '/var/task/app.py')
    expect(help).toMatch(/No file of the image is a module `PIL`/)
    expect(help).toMatch(/\nRUN pip install .* --target \/var\/task pillow$/)
  })

  it('lies in the folder of the user who installed it', () => {
    const help = python(
      "No module named 'pydantic'",
      '/home/app/.local/lib/python3.11/site-packages/pydantic/__init__.py',
    )
    expect(help).toMatch(/`\/home\/app\/\.local\/lib\/python3\.11\/site-packages`.*pip install --user/)
  })

  it("lies in another Python's folder", () => {
    const help = python("No module named 'orjson'", '/venv/lib/python3.12/site-packages/orjson/__init__.py')
    expect(help).toMatch(/`\/venv\/lib\/python3\.12\/site-packages` of Python 3\.12, where .* does not look/)
  })

  it("lies in a folder of the function's Python that nobody searches: a virtual environment", () => {
    const help = python("No module named 'orjson'", '/opt/venv/lib/python3.11/site-packages/orjson/__init__.py')
    expect(help).toMatch(/where the function's Python does not look: copy what lies there/)
    expect(help).toMatch(/\nRUN cp -R \/opt\/venv\/lib\/python3\.11\/site-packages\/\. \/var\/task\/$/)
  })

  it("is the function's own, in a folder below", () => {
    const help = python("No module named 'config'", '/var/task/src/config.py')
    expect(help).toMatch(/import it as `src\.config`/)
    expect(help).toMatch(/\nENV PYTHONPATH=\/var\/task\/src$/)
  })

  it('is hidden by a folder of the same name that comes first', () => {
    const whole = [`${SITE}/numpy/__init__.py`, `${SITE}/numpy/core/__init__.py`]
    const help = python("No module named 'numpy.core'", '/var/task/numpy/__init__.py', ...whole)
    expect(help).toMatch(
      /`numpy` is taken from `\/var\/task`.*lies in `.*site-packages`\. Rename .*`\/var\/task\/numpy`/,
    )
  })

  it('is missing from a package that is there', () => {
    expect(python("No module named 'numpy.core'", `${SITE}/numpy/__init__.py`)).toMatch(/has no `numpy\.core`/)
  })

  it.each([
    [
      'is there for another Python',
      "No module named 'a._b'",
      ['/var/task/a/__init__.py', '/var/task/a/_b.cpython-39-x86_64-linux-gnu.so'],
    ],
    ['is the handler itself', "No module named 'app'", []],
  ])('%s: others say that', (_, text, files) => {
    expect(python(text, ...files)).toBeUndefined()
  })

  it('is no part of another package that bears its name', () => {
    const help = python("No module named 'six'", `${SITE}/pip/__init__.py`, `${SITE}/pip/six.py`)
    expect(help).toMatch(/No file of the image/)
  })
})

function node(text: string, ...files: readonly string[]) {
  return said(text, 'nodejs22.x', files)
}

describe('a Node.js module that was not found', () => {
  const stack = 'Require stack: - /var/task/app.js - /var/runtime/index.mjs'

  it('was not installed', () => {
    expect(node(`Cannot find module '@aws/pg/lib' ${stack}`)).toMatch(/has `@aws\/pg`.*\nRUN npm install @aws\/pg$/)
  })

  it('lies in a layer, where `import` does not look', () => {
    const help = node(
      "Cannot find package 'pg' imported from /var/task/app.mjs",
      '/opt/nodejs/node_modules/pg/package.json',
    )
    expect(help).toMatch(/only `require` searches .*above `\/var\/task\/app\.mjs`/)
  })

  it('is a link whose target was not copied', () => {
    const link = makeLink('/var/task/node_modules/shared', '../../packages/shared')
    const help = said(`Cannot find module 'shared' ${stack}`, 'nodejs22.x', ['/var/task/node_modules/pg/x.js'], {
      links: [link],
    })
    expect(help).toMatch(
      /`\/var\/task\/node_modules\/shared` is a link to `\.\.\/\.\.\/packages\/shared`, which is not there/,
    )
  })

  it('lies in a folder that nobody searches from there', () => {
    const help = node(`Cannot find module 'pg' ${stack}`, '/var/task/api/node_modules/pg/package.json')
    expect(help).toMatch(/lies in `\/var\/task\/api\/node_modules`/)
  })

  it.each([
    [
      'is asked for without its ending',
      "'/var/task/lib/x' imported from /var/task/app.mjs",
      '/var/task/lib/x.mjs',
      /write `x\.mjs`/,
    ],
    [
      'is a folder',
      "'/var/task/lib' imported from /var/task/app.mjs",
      '/var/task/lib/index.js',
      /write `lib\/index\.js`/,
    ],
    ['was not compiled', `'./config' ${stack}`, '/var/task/config.ts', /only the source `config\.ts`/],
    ['is written in other letters', `'./config' ${stack}`, '/var/task/Config.js', /called `Config\.js`/],
    ['was not copied', `'./config' ${stack}`, '/var/task/app.js', /`\/var\/task\/config` is not there: COPY it/],
  ])('%s', (_, text, file, help) => {
    expect(node(`Cannot find module ${text}`, file)).toMatch(help)
  })

  it('of a package that is found and lacks a file nothing is known', () => {
    const text = "Cannot find package 'pg' imported from /var/task/app.mjs"
    expect(node(text, '/var/task/node_modules/pg/package.json')).toBeUndefined()
  })
})

it.each([
  ["No module named 'config'", 'python3.11', 'config.py', 'No file of the image is a module `config`. '],
  [
    "Cannot find module './config' Require stack: - /var/task/app.js",
    'nodejs22.x',
    'config*',
    '`/var/task/config` is not there. ',
  ],
])("a file of one's own that .dockerignore leaves out: %s", (text, id, ignored, what) => {
  const help = said(text, id, [OS, '/var/task/app.py'], { ignored })
  expect(help).toBe(
    `${what}Line 1 of \`.dockerignore\` (\`${ignored}\`) keeps it out of the build: remove or narrow it.\nsed -i 1d .dockerignore`,
  )
})

it('tells nothing of other words', () => {
  expect(node('TypeError: x is not a function')).toBeUndefined()
})
