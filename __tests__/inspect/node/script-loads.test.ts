import { describe, expect, it } from 'vitest'
import { scriptLoads } from '../../../src/inspect/node/script-loads.ts'

const loads = (source: string) => scriptLoads('/x/index.js', source)?.loads ?? []

describe('what a script loads', () => {
  it.each([
    ["const a = require('./a.node')", { argument: './a.node' }],
    ["try { require('./a.node') } catch {}", { guard: 'any' }],
    ["try { require('./a.node') } catch (e) { if (e.code !== 'MODULE_NOT_FOUND') throw e }", { guard: 'missing' }],
    ["exports.open = () => require('./a.node')", { lazy: ['open'] }],
    ["require('bindings')('store')", { kind: 'bindings', argument: 'store' }],
    ["const load = require('node-gyp-build'); load(__dirname)", { kind: 'node-gyp-build', argument: '<folder>' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what the script says
    ['require(`./a-${process.platform}-${process.arch}.node`)', { argument: './a-${platform}-${arch}.node' }],
    ["const { load } = require('./x')\nload()", { argument: './x', calls: expect.arrayContaining(['load']) }],
    ["(function () { require('a') })()", { argument: 'a' }],
    ["function f() { return require('a') }\nf()", { argument: 'a' }],
    ["for (const one of ['./a.node']) { try { require(one) } catch {} }", { argument: './a.node', guard: 'any' }],
  ])('%s', (source, expected) => {
    const [first] = loads(source)
    expect(first).toMatchObject(expected)
    for (const key of ['guard', 'lazy'] as const) if (!(key in expected)) expect(first?.[key]).toBeUndefined()
  })

  it.each([
    "if (process.platform === 'win32') require('./a')",
    "process.platform === 'darwin' ? require('a') : 0",
    "// require('a')",
  ])('nothing on Linux: %s', (source) => expect(loads(source)).toEqual([]))

  it('tells when it gives up after what it tried', () => {
    const tried = "let native\ntry { native = require('./a.node') } catch {}\n"
    expect(scriptLoads('/x.js', `${tried}if (!native) throw new Error('no')`)?.throws).toBe(true)
    expect(scriptLoads('/x.js', tried)?.throws).toBeUndefined()
  })
})
