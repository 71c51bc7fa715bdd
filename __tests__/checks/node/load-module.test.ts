// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scripts' own
import { describe, expect, test } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { loadModule, type ModuleLoad } from '../../../src/checks/node/evaluation/load-module.ts'
import { nodeTree } from '../../../src/checks/node/node-tree.ts'
import { makeSymbols } from '../../builders/elf-symbols.ts'
import { makeNodeSubject, type NodeFiles } from '../../builders/node.ts'

const ADDON = { symbols: makeSymbols({ exports: ['napi_register_module_v1'] }) }
const FOLDER = '/var/task/node_modules/fast'

/** Loads a package with native code: these scripts, `index.js` first, beside what is installed. */
function load(index: string, files: NodeFiles = {}, facts: object = {}): ModuleLoad {
  const subject = makeNodeSubject({
    'fast/package.json': { name: 'fast', version: '1.2.3', main: 'index.js', cpu: ['x64'], ...facts },
    'fast/index.js': index,
    ...files,
  })
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no runtime')
  return loadModule(nodeTree(view, 'x86_64'), `${FOLDER}/index.js`)
}

describe('what is not there', () => {
  test.each([
    ['is required', "module.exports = require('./build/Release/fast.node')"],
    ['is required in a function that is called', "const get = () => require('./fast.node'); module.exports = get()"],
    [
      'is looked for in vain',
      "for (const name of ['a', 'b']) try { exports.a = require(`./${name}.node`) } catch {}\nif (!exports.a) throw new Error('none')",
    ],
    [
      'is asked for by its path',
      "const { join } = require('node:path')\nprocess.dlopen(module, join(__dirname, 'fast.node'))",
    ],
    ['is resolved', 'exports.path = require.resolve(`@fast/${process.platform}-${process.arch}`)'],
    [
      'is checked with fs',
      "if (!require('fs').existsSync(__dirname + '/fast.node')) throw new Error('run the install script')",
    ],
    [
      'is extended',
      "let native = {}\ntry { native = require('./fast.node') } catch {}\nclass Fast extends native.Base {}",
    ],
    ['is asked for with an error', "require('fs').statSync(__dirname + '/fast.node')"],
    ['is required by a class', "class Fast { static native = require('./fast.node') }"],
    [
      'is required whichever way is taken',
      "module.exports = Date.now() % 2 ? require('./a.node') : require('./b.node')",
    ],
    [
      'is required once it is known that it was not loaded before',
      "const start = () => { require.cache.__fast = module.exports = require('./fast.node') }\nif (require.cache.__fast) module.exports = require.cache.__fast\nelse start()",
    ],
    [
      'is required unless a variable says otherwise, which another function was handed all of',
      "process.stderr.getColorDepth(process.env)\nif (process.env.FAST_WASM !== 'true') module.exports = require('./fast.node')",
    ],
    [
      'is required by a getter that is read',
      "const lazy = { get native() { return require('./fast.node') } }\nmodule.exports = { ...lazy }",
    ],
  ])('makes it fail where it %s', (_, text) => {
    expect(load(text)).toMatchObject({ ends: 'fails', failure: { script: `${FOLDER}/index.js` } })
  })

  test.each([
    ['it is guarded', "try { module.exports = require('./fast.node') } catch { module.exports = {} }"],
    [
      'its absence is asked for without an error',
      "if (require('fs').statSync(__dirname + '/fast.node', { throwIfNoEntry: false })) require('./fast.node')",
    ],
    ['nobody calls the function', "exports.get = () => require('./fast.node')"],
    [
      'a getter is only defined',
      "Object.defineProperty(exports, 'fast', { enumerable: true, get: () => require('./fast.node') })",
    ],
    ['it is for another platform', "if (process.platform === 'win32') require('./fast.node')"],
    ['it is for another processor', "switch (process.arch) { case 'arm64': require('./fast.node') }"],
    ['nobody knows the condition', "if (Date.now() % 2) require('./fast.node')"],
    ['it may have returned before', "function get() { if (Date.now() % 2) return; require('./fast.node') }\nget()"],
    ['one of the ways works', "module.exports = Date.now() % 2 ? require('./fast.node') : {}"],
    ['it may have been loaded before', "if (!require.cache[__filename + '.node']) require('./fast.node')"],
    ['a promise fails', "import('./fast.mjs').catch(() => {})"],
    ['a function that is not known gets it', "setTimeout(() => require('./fast.node'))"],
  ])('does nothing where %s', (_, text) => {
    expect(load(text)).toMatchObject({ ends: 'loads' })
  })
})

test('takes the first of several that can be loaded, and says which it was', () => {
  const { ends, addons } = load(
    "for (const name of ['musl', 'gnu']) { try { module.exports = require(`./${name}.node`); break } catch {} }",
    { 'fast/gnu.node': ADDON },
  )
  expect(ends).toBe('loads')
  expect(addons.map(({ addon, isGuarded }) => [addon.ok, isGuarded])).toEqual([[true, true]])
})

test('reads which libc it is from the process, from `ldd` and from the program itself', () => {
  const text = `
const fs = require('fs')
const head = Buffer.alloc(2048)
fs.readSync(fs.openSync('/proc/self/exe', 'r'), head, 0, 2048, 0)
const at = head.readUInt32LE(head.readUInt32LE(32) + 8)
const program = head.subarray(at, at + 12).toString()
const { glibcVersionRuntime } = process.report.getReport().header
const ldd = require('child_process').execSync('ldd --version')
if (program.startsWith('/lib64/ld-') && glibcVersionRuntime && ldd.includes('glibc') === ldd.includes('musl')) require('./gnu.node')
else throw new Error('musl')`
  expect(load(text, { 'fast/gnu.node': ADDON })).toMatchObject({ ends: 'loads', addons: [{ addon: { ok: true } }] })
})

test('reads the program part by part, and its numbers through a view', () => {
  const text = `
const fs = require('fs')
const read = (file, position, length) => {
  const buffer = Buffer.alloc(length)
  let offset = 0
  while (offset < length) {
    const count = fs.readSync(file, buffer, { offset, position: position + offset })
    if (count === 0) throw new Error('at its end')
    offset += count
  }
  return buffer
}
const file = fs.openSync(process.execPath, 'r')
const head = new DataView(read(file, 0, 64).buffer)
const isLittle = head.getUint8(5) === 1
const headers = new DataView(read(file, Number(head.getBigUint64(32, isLittle)), head.getUint16(54, isLittle)).buffer)
const size = Number(headers.getBigUint64(32, isLittle))
const name = read(file, Number(headers.getBigUint64(8, isLittle)), size)
if (headers.getUint32(0, isLittle) !== 3 || name[size - 1] !== 0) throw new Error('no interpreter')
require(name.toString('utf8', 0, size - 1).startsWith('/lib64/ld-linux') ? './gnu.node' : './musl.node')`
  expect(load(text, { 'fast/gnu.node': ADDON })).toMatchObject({ ends: 'loads', addons: [{ addon: { ok: true } }] })
  expect(load(text)).toMatchObject({ ends: 'fails', failure: { tried: ['./gnu.node'] } })
})

test('an error that names its cause is told by it', () => {
  const text = `
const errors = []
try { module.exports = require('@fast/linux-x64') } catch (error) { errors.push(error) }
if (errors.length > 0) throw new Error('Cannot find native binding', { cause: errors[0] })`
  expect(load(text)).toMatchObject({ ends: 'fails', failure: { tried: ['@fast/linux-x64'], line: 3 } })
})

test('an addon that is cut off ends the process, and no `catch` helps', () => {
  const cut = { problem: 'a segment ends at byte 9000, the file has 4000', truncated: true } as const
  const text = "try { module.exports = require('./fast.node') } catch { module.exports = {} }"
  expect(load(text, { 'fast/fast.node': cut })).toMatchObject({ ends: 'fails' })
  const other = { problem: 'unknown class 9' }
  expect(load(text, { 'fast/fast.node': other })).toMatchObject({ ends: 'loads' })
})

test('a library that is cut off ends the process where the loader maps it, and no `catch` helps', () => {
  const text = "try { module.exports = require('./fast.node') } catch { module.exports = {} }"
  const library = { soname: 'libfast.so', problem: 'the dynamic section ends at byte 20, the file has 10' }
  const withLibrary = (path: string, facts: object) =>
    load(text, {
      'fast/fast.node': { ...ADDON, needed: ['libfast.so'], rpath: '$ORIGIN/lib' },
      [path]: { ...library, ...facts },
    })
  expect(withLibrary('fast/lib/libfast.so', { truncated: true })).toMatchObject({ ends: 'fails' })
  expect(withLibrary('fast/lib/libfast.so', {})).toMatchObject({ ends: 'loads' })
  expect(withLibrary('fast/elsewhere/libfast.so', { truncated: true })).toMatchObject({ ends: 'loads' })
})

test('follows ES modules: what is imported, re-exported, and awaited at their top', () => {
  const files = (last: string): NodeFiles => ({
    'fast/a.mjs': "export * from './b.mjs'\nexport { default } from './b.mjs'",
    'fast/b.mjs': `import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n${last}`,
  })
  const text = "import native, { add } from './a.mjs'\nexport const more = add"
  const facts = { type: 'module' }
  expect(load(text, files("export default require('./fast.node')"), facts)).toMatchObject({ ends: 'fails' })
  expect(load(text, files("export default await import('./fast.mjs')"), facts)).toMatchObject({ ends: 'fails' })
  const found = { ...files("export default require('./fast.node')"), 'fast/fast.node': ADDON }
  expect(load(text, found, facts)).toMatchObject({ ends: 'loads', addons: [{ addon: { ok: true } }] })
})

describe('our own ignorance', () => {
  test('fails nothing, and does not end the way', () => {
    expect(load('const a = {}\na.b.c')).toMatchObject({ ends: 'loads' })
    expect(load("const a = {}\na.b.c()\nclass A extends a.b {}\nrequire('./fast.node')")).toMatchObject({
      ends: 'fails',
    })
  })

  test('fails nothing where a bundler throws again what a module throws', () => {
    const bundle = (body: string) =>
      `var wrap = (load, made) => () => { try { return made || load((made = { exports: {} }).exports, made), made.exports } catch (error) { throw made = 0, error } }\nvar one = wrap((exports) => { ${body} })\nmodule.exports = one()`
    expect(load(bundle('const a = {}; a.b.c'))).toMatchObject({ ends: 'loads' })
    expect(load(bundle('try { const a = {}; a.b.c } catch (error) { throw error }'))).toMatchObject({ ends: 'loads' })
    expect(load(bundle("exports.fast = require('./fast.node')"))).toMatchObject({ ends: 'fails' })
  })

  test('is told from what comes of something missing that was promised', () => {
    const text = "let canvas\ntry { canvas = require('canvas-of-node') } catch {}\nnew DOMMatrix()"
    expect(load(text)).toMatchObject({ ends: 'loads' })
    const promised = { optionalDependencies: { 'canvas-of-node': '1' } }
    expect(load(text, {}, promised)).toMatchObject({ ends: 'fails', failure: { tried: ['canvas-of-node'] } })
    const other = { 'other/package.json': { name: 'other', main: 'index.js' }, 'other/index.js': 'new DOMMatrix()' }
    const apart = text.replace('new DOMMatrix()', "require('other')")
    expect(load(apart, other, { ...promised, dependencies: { other: '1' } })).toMatchObject({ ends: 'loads' })
  })
})

describe('the first use', () => {
  const get = "const get = (path) => require(path ?? './build/Release/fast.node')"
  test.each([
    ['a class', `${get}\nmodule.exports = class Fast { constructor() { this.native = get() } }`],
    [
      'a constructor of old, which checks what it is given',
      `${get}\nfunction Fast(name) { if (new.target == null) return new Fast(name)\nif (Buffer.isBuffer(name)) name = ''\nif (!Number.isInteger(5000)) throw new TypeError('no')\nthis.native = get() }\nFast.prototype.add = function () {}\nmodule.exports = Fast`,
    ],
    [
      'a function that is exported by default',
      `${get}\nexports.__esModule = true\nexports.default = function fast() { return get() }`,
    ],
    [
      'functions',
      `${get}\nmodule.exports = { hash() { return get().hash() }, check() { return get().check() }, version: '1' }`,
    ],
    ['functions that promise', `${get}\nexports.hash = async () => get().hash()`],
    [
      'functions that promise by what follows',
      `exports.hash = () => import('./build/Release/fast.node').then((fast) => fast.hash())`,
    ],
    [
      'what was caught while it was loaded',
      `let fast\ntry { fast = require('./build/Release/fast.node') } catch {}\nexports.hash = () => { if (fast) return fast.hash()\nthrow new Error('no bindings') }`,
    ],
    [
      'functions that promise as TypeScript has them for old engines',
      `let fast\ntry { fast = require('./build/Release/fast.node') } catch {}
const __awaiter = function (self, given, P, generator) { return new (P || (P = Promise))((resolve, reject) => { const step = (result) => (result.done ? resolve(result.value) : step(generator.next(result.value)))\nstep((generator = generator.apply(self, given || [])).next()) }) }
exports.hash = () => __awaiter(this, void 0, void 0, function* () { if (fast) return fast.hash(yield 1)\nthrow new Error('no bindings') })`,
    ],
    [
      'a class whose methods need it',
      `${get}\nmodule.exports = class Fast { version = '1'\nhash() { return get().hash() }\nasync check() { return get() } }`,
    ],
    [
      'a class whose methods take the rest of what they are given',
      `${get}\nconst open = ({ path, ...options }) => { if (typeof path !== 'string' && path === 0) throw new TypeError('no path')\nreturn 'native' in options ? options.native : get() }\nmodule.exports = { Fast: class Fast { open() { return Promise.resolve(open(this.given)) } } }`,
    ],
    [
      'all of its functions, beside classes that hold values',
      `${get}\nmodule.exports = { A: class {}, B: class {}, C: class {}, hash: () => get(), check: () => get() }`,
    ],
    [
      'an error of its own',
      `${get}\nexports.hash = () => { try { return get() } catch (error) { throw new Error('not installed') } }`,
    ],
  ])('of %s fails without the addon that all of it needs', (_, text) => {
    expect(load(text)).toMatchObject({ ends: 'loads', firstUse: { tried: [expect.stringContaining('fast.node')] } })
    expect(load(text, { 'fast/build/Release/fast.node': ADDON }).firstUse).toBeUndefined()
  })

  test.each([
    [
      'what it throws comes of what it is called with',
      `let fast\ntry { fast = require('./build/Release/fast.node') } catch {}\nexports.hash = (text) => { if (typeof text !== 'string') throw new TypeError('no text')\nreturn fast ? fast.hash(text) : text.length }`,
    ],
    [
      'most methods of its class work without',
      `${get}\nmodule.exports = class Fast { native() { return get() }\na() {}\nb() { return 1 } }`,
    ],
    ['most of it works without', `${get}\nmodule.exports = { native: () => get(), a() {}, b: () => 1 }`],
    [
      'one function does, and classes hold values',
      `${get}\nmodule.exports = { A: class {}, B: class {}, hash: () => get() }`,
    ],
    ['it goes on without', `${get}\nexports.hash = () => { try { return get() } catch { return 1 } }`],
    ['nobody knows the condition', `${get}\nexports.hash = () => { if (Date.now() % 2) return get(); return 1 }`],
  ])('is not said to fail where %s', (_, text) => {
    expect(load(text)).toMatchObject({ ends: 'loads' })
    expect(load(text).firstUse).toBeUndefined()
  })

  test('fails where the path of a program is exported and nothing is there', () => {
    const text = "module.exports = require('path').join(__dirname, 'bin', process.platform, 'fast')"
    expect(load(text).firstUse).toMatchObject({ isProgram: true, tried: ['./bin/linux/fast'] })
    expect(load(text, { 'fast/bin/linux/fast': {} }).firstUse).toBeUndefined()
  })
})

test('the first use fails of the native part, whatever is looked for after it for the words of the error', () => {
  const text = `const find = (name) => { try { return require.resolve(name) } catch {} }
    exports.run = async () => {
      const path = find('@fast/linux-x64/bin/fast')
      if (path === undefined) throw new Error('none, but ' + ['@fast/linux-arm', '@fast/win32-x64'].filter((name) => find(name + '/bin/fast')))
      return path
    }`
  expect(load(text).firstUse).toMatchObject({ tried: ['@fast/linux-x64/bin/fast'] })
})

test('the first use fails where it starts a program that cannot be started', () => {
  const text =
    "const { spawn } = require('child_process')\nexports.build = () => spawn(require('path').join(__dirname, 'bin/fast')).stdout"
  expect(load(text).firstUse).toMatchObject({ isProgram: true, tried: [`${FOLDER}/bin/fast`] })
  expect(load(text, { 'fast/bin/fast': {} }).firstUse).toBeUndefined()
  expect(
    load(text, { 'fast/bin/fast': { problem: 'a segment ends at byte 9, the file has 4' } }).firstUse,
  ).toBeDefined()
})

test('the first use fails where it gives a worker a program that cannot be started', () => {
  const text =
    "const { Worker } = require('worker_threads')\nexports.build = () => new Worker(__dirname + '/worker.js', { workerData: { command: __dirname + '/bin/fast' } })"
  expect(load(text).firstUse).toMatchObject({ isProgram: true, tried: [`${FOLDER}/bin/fast`] })
  expect(load(text, { 'fast/bin/fast': {} }).firstUse).toBeUndefined()
})

test('a package that says where its program is has none where nobody may start it', () => {
  const at = (path: string) => `exports.path = require('path').join(__dirname, '${path}')`
  expect(load(at('fast'), { 'fast/fast': {} }).firstUse).toMatchObject({ isProgram: true, tried: [`${FOLDER}/fast`] })
  expect(load(at('bin/fast'), { 'fast/bin/fast': {} }).firstUse).toBeUndefined()
  expect(load(at('fast.node'), { 'fast/fast.node': ADDON }).firstUse).toBeUndefined()
})

describe('a program that is started while the package loads', () => {
  const start =
    "const child = require('child_process').spawn(require('path').join(__dirname, 'bin/fast'))\nchild.on('close', () => {})"

  test('ends the process where it cannot be started, and nobody listens', () => {
    expect(load(start)).toMatchObject({ ends: 'fails', failure: { isProgram: true, tried: [`${FOLDER}/bin/fast`] } })
    expect(load(start, { 'fast/bin/fast': {} })).toMatchObject({ ends: 'loads' })
  })

  test.each([
    ['somebody listens', `${start}\nchild.on('error', () => {})`],
    ['nobody knows whether it is started', `if (Date.now() % 2) { ${start} }`],
  ])('does nothing where %s', (_, text) => {
    expect(load(text)).toMatchObject({ ends: 'loads' })
  })
})

test('knows what the module says of itself, what lies at the root, and that this is no worker', () => {
  const text = `
const { workerData, isMainThread } = require('node:worker_threads')
const names = require('fs').readdirSync('/')
if (workerData === null && isMainThread && names.includes('var') && module.path === __dirname) require('./fast.node')`
  expect(load(text)).toMatchObject({ ends: 'fails' })
})

test('reads the list that a build tool keeps of its addons', () => {
  const text =
    "const list = JSON.parse(require('fs').readFileSync(__dirname + '/build/manifest.json', 'utf8'))\nmodule.exports = require(`./build/${list[process.arch]}`)"
  const files = { 'fast/build/manifest.json': '{"x64":"linux/fast.node"}' }
  expect(load(text, files)).toMatchObject({ ends: 'fails', failure: { tried: ['./build/linux/fast.node'] } })
  expect(load(text, { ...files, 'fast/build/linux/fast.node': ADDON })).toMatchObject({ ends: 'loads' })
})

test('tries folders in the order that the script gives them', () => {
  const text = `
const [fs, path] = [require('fs'), require('path')]
const all = path.join(__dirname, 'build')
const newestFirst = (a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10)
for (const abi of fs.readdirSync(all).sort(newestFirst)) {
  try {
    module.exports = require(path.join(all, abi, 'fast.node'))
    break
  } catch {}
}`
  const cut = { problem: 'the dynamic section ends at byte 2000, the file has 1000', truncated: true } as const
  const files = { 'fast/build/108/fast.node': cut, 'fast/build/115/fast.node': ADDON }
  expect(load(text, files)).toMatchObject({ ends: 'loads' })
  expect(load(text, { ...files, 'fast/build/127/fast.node': cut })).toMatchObject({ ends: 'fails' })
})

test('runs a script again that was taken out of the cache, as loaders do that have tried to install what is missing', () => {
  const text = `
let fast
try { fast = require('./fast.node') } catch {}
if (!fast && process.env.SKIP_FALLBACK !== '1') {
  require('child_process').execFileSync(process.execPath, [__dirname + '/install.js'])
  process.env.SKIP_FALLBACK = '1'
  delete require.cache[require.resolve(__dirname)]
  fast = require(__dirname)
}
if (!fast) throw new Error('Cannot find native binding')
module.exports = fast`
  expect(load(text)).toMatchObject({ ends: 'fails', failure: { tried: ['./fast.node'] } })
  expect(load(text, { 'fast/fast.node': ADDON })).toMatchObject({ ends: 'loads' })
})

test('leaves a loop that may have been left, and does not fill whole tables', () => {
  const broken = "const at = Date.now()\nwhile (true) { if (at % 2) break }\nrequire('./fast.node')"
  expect(load(broken)).toMatchObject({ ends: 'fails' })
  const table = "const table = {}\nfor (let i = 0; i < 1e6; i++) table[i] = String(i)\nrequire('./fast.node')"
  expect(load(table)).toMatchObject({ ends: 'fails' })
})

test('hostile scripts end', () => {
  expect(load('for (;;);')).toMatchObject({ ends: expect.stringMatching(/loads|unfollowed/) })
  expect(load('function f() { return f() }\nf()')).toMatchObject({ ends: 'unfollowed' })
  expect(load(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatchObject({ ends: expect.any(String) })
  expect(load("/^(a+)+$/.test('a'.repeat(60) + 'b')")).toMatchObject({ ends: 'loads' })
  expect(load("let a = 'x'\nfor (let i = 0; i < 60; i++) a += a")).toMatchObject({ ends: 'loads' })
})
