import { expect, test } from 'vitest'
import { plainRequirement } from '../../../src/checks/python/requirement-marker.ts'

test.each([
  ['numpy>=1.2', 'numpy'],
  ['Typing_Extensions.more (>=4)', 'typing-extensions-more'],
  ['google-api-core[grpc]<3,>=2', 'google-api-core'],
  ['a; python_version >= "3.9"', 'a'],
  ["a; (python_version < '3.12')", 'a'],
  ['a; python_version < "3.11"', undefined],
  ['a; python_full_version <= "3.11.9" and sys_platform != "win32"', 'a'],
  ['a; python_full_version <= "3.11.8"', undefined],
  ['a; python_full_version < "3.11.10"', 'a'],
  ['a; python_full_version >= "3.11"', 'a'],
  ['a; python_full_version < "3.12.1"', 'a'],
  ['a; python_full_version == "3.11.*"', 'a'],
  ['a; sys_platform == "darwin"', undefined],
  ['a; platform_python_implementation != "PyPy"', 'a'],
  ['a; extra == "more"', undefined],
  ['a; python_version >= "3.8" and extra == "more"', undefined],
  ['a; platform_machine == "x86_64"', undefined],
  ['a; sys_platform == "linux" or extra == "more"', undefined],
  ['', undefined],
])('%s is asked for as %s in Python 3.11', (text, name) => {
  expect(plainRequirement(text, { minor: 11, patch: 9 })?.name).toBe(name)
})

test.each([
  ['a; python_full_version < "3.11.3"', undefined],
  ['a; python_full_version >= "3.11.3"', 'a'],
])('%s is asked for as %s where nobody knows the patch release, which is a late one', (text, name) => {
  expect(plainRequirement(text, { minor: 11 })?.name).toBe(name)
})
