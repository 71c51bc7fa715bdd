import { describe, expect, it, test } from 'vitest'
import { isRequired, type MarkedPython } from '../../../src/checks/python/requirement-marker.ts'
import { readRequirement } from '../../../src/inspect/python/requirement.ts'

const PYTHON: MarkedPython = { minor: 11, patch: 9, architecture: 'x86_64' }

function required(marker: string, python: MarkedPython = PYTHON): boolean | undefined {
  const requirement = readRequirement(`a${marker === '' ? '' : `; ${marker}`}`)
  return requirement === undefined ? undefined : isRequired(requirement, python)
}

describe('in Python 3.11.9', () => {
  test.each([
    ['', true],
    ['python_version >= "3.9"', true],
    ["(python_version < '3.12')", true],
    ['python_version < "3.11"', false],
    ['python_version < "3.8.0"', false],
    ['python_version >= "3"', true],
    ['python_version == "3.*"', true],
    ['python_version ~= "3.11.0"', true],
    ['python_version ~= "3.12.0"', false],
    ['"3.12" > python_version', true],
    ['python_version in "3.10 3.11"', true],
    ['python_version not in "2.6, 2.7"', true],
    ['python_full_version <= "3.11.9" and sys_platform != "win32"', true],
    ['python_full_version <= "3.11.8"', false],
    ['python_full_version < "3.11.10"', true],
    ['python_full_version >= "3.11"', true],
    ['python_full_version == "3.11.*"', true],
    ['python_full_version <= "3.11.0a6"', false],
    ['sys_platform == "darwin"', false],
    ['"linux" in sys_platform', true],
    ['platform_python_implementation != "PyPy"', true],
    ['platform_machine == "x86_64"', true],
    ['platform_machine == "aarch64"', false],
    ['extra == "more"', false],
    ['python_version >= "3.8" and extra == "more"', false],
  ])('%s: %s', (marker, holds) => {
    expect(required(marker)).toBe(holds)
  })
})

describe('either part', () => {
  test.each([
    ['sys_platform == "linux" or extra == "more"', true],
    ['extra == "more" or sys_platform == "linux"', true],
    ['sys_platform == "win32" or extra == "more"', false],
    ['sys_platform == "win32" or python_version < "3.12" and os_name == "posix"', true],
    ['(sys_platform == "win32" or python_version < "3.12") and os_name == "nt"', false],
    // What of the machine nobody knows decides only where the rest does not.
    ['platform_release >= "5" or sys_platform == "linux"', true],
    ['platform_release >= "5" or sys_platform == "win32"', false],
    ['platform_release >= "5" and sys_platform == "linux"', false],
  ])('%s: %s', (marker, holds) => {
    expect(required(marker)).toBe(holds)
  })
})

it('is of the processor that Linux names', () => {
  expect(required('platform_machine == "aarch64"', { ...PYTHON, architecture: 'arm64' })).toBe(true)
})

test.each([
  ['python_full_version < "3.11.3"', false],
  ['python_full_version >= "3.11.3"', true],
])('%s: %s where nobody knows the patch release, which is a late one', (marker, holds) => {
  const { patch: _, ...late } = PYTHON
  expect(required(marker, late)).toBe(holds)
})

it('is not certain of a marker that nobody can read', () => {
  expect(required("os.name == 'posix'")).toBe(false)
})
