import { expect, it } from 'vitest'
import { LIBRARY_PACKAGES, libraryPackage } from '../../src/lambda/library-packages.ts'

it.each(LIBRARY_PACKAGES.map((row) => [row.soname, row] as const))('%s', (soname, { al2023, al2, debian }) => {
  expect(soname).toMatch(/^lib.+\.so(?:\.[\d.]+)?$/)
  const packages = [al2023, al2, debian].filter((name) => name !== undefined)
  expect(packages).not.toEqual([])
  for (const name of packages) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9+.-]*$/)
})

it('has one row per soname', () => {
  expect(new Set(LIBRARY_PACKAGES.map(({ soname }) => soname)).size).toBe(LIBRARY_PACKAGES.length)
  expect(libraryPackage('libGL.so.1')?.debian).toBe('libgl1')
  expect(libraryPackage('libown.so.1')).toBeUndefined()
})
