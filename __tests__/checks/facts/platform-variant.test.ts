import { describe, expect, it } from 'vitest'
import { isPlatformVariant, variantKey } from '../../../src/checks/facts/platform-variant.ts'

describe('isPlatformVariant', () => {
  it.each([
    ['/var/task/node_modules/bcrypt/prebuilds/any/bcrypt.node', true],
    ['/var/task/node_modules/@img/sharp-linuxmusl-x64/lib/sharp.node', true],
    ['/var/task/node_modules/@esbuild/linux-arm64/bin/esbuild', true],
    ['/opt/tool/darwin_amd64/tool', true],
    // Words that only contain a platform's name.
    ['/var/task/windowed/armada/alarm/addon.node', false],
    // The file's own name says what it is, not that it lies beside others.
    ['/var/task/python/_core.cpython-312-aarch64-linux-gnu.so', false],
  ])('%s: %s', (path, expected) => {
    expect(isPlatformVariant(path)).toBe(expected)
  })
})

describe('variantKey', () => {
  it.each([
    ['/n/prebuilds/linux-x64/a.node', '/n/prebuilds/linux-arm64/a.node'],
    ['/n/prebuilds/linux-x64/a.glibc.node', '/n/prebuilds/android-arm/a.musl.node'],
    [
      '/n/@img/sharp-linux-x64/lib/sharp-linux-x64.node',
      '/n/@img/sharp-linuxmusl-arm64/lib/sharp-linuxmusl-arm64.node',
    ],
    ['/p/_c.cpython-312-x86_64-linux-gnu.so', '/p/_c.cpython-312-aarch64-linux-gnu.so'],
  ])('%s and %s are one file', (a, b) => {
    expect(variantKey(a)).toBe(variantKey(b))
  })

  it('keeps different files apart', () => {
    expect(variantKey('/n/linux-x64/a.node')).not.toBe(variantKey('/n/linux-x64/b.node'))
  })
})
