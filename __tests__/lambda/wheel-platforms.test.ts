import { expect, it } from 'vitest'
import { platformOptions, wheelPlatforms } from '../../src/lambda/wheel-platforms.ts'

it.each([
  ['2.34', ['manylinux_2_34_x86_64', 'manylinux_2_31_x86_64', 'manylinux_2_28_x86_64', 'manylinux2014_x86_64']],
  ['2.26', ['manylinux_2_26_x86_64', 'manylinux_2_24_x86_64', 'manylinux2014_x86_64']],
  ['2.17', ['manylinux2014_x86_64']],
])('names every platform whose wheels load beside glibc %s', (version, platforms) => {
  expect(wheelPlatforms('x86_64', { family: 'glibc', version })).toEqual(platforms)
})

it('knows musl, arm64, and nothing of the C library', () => {
  expect(wheelPlatforms('arm64', { family: 'musl', version: '1.2' })).toEqual([
    'musllinux_1_2_aarch64',
    'musllinux_1_1_aarch64',
  ])
  expect(platformOptions('arm64', undefined)).toBe('--platform manylinux2014_aarch64')
})
