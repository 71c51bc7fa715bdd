import { describe, expect, it } from 'vitest'
import { pythonExtensionTag } from '../../../src/checks/python-extension-tag.ts'
import { makePythonImage } from './python-image.ts'
import { makeRecord } from './python-layer.ts'

const core = 'fastmath/_core.cpython-39-x86_64-linux-gnu.so'
const FASTMATH = {
  sources: { 'fastmath/__init__.py': 'from . import _core\n' },
  native: { [core]: {} },
  distributions: [{ record: makeRecord(core) }],
}

function found(image: Omit<Parameters<typeof makePythonImage>[0], keyof typeof FASTMATH>) {
  return pythonExtensionTag.run(makePythonImage({ ...FASTMATH, ...image })).findings
}

describe("a Python image of one's own", () => {
  it.each(['/function', '/app/src'])('has the code of its function in WORKDIR %s', (folder) => {
    expect(found({ folder })).toMatchObject([
      {
        level: 'error',
        subject: `${folder}/${core}`,
        help: expect.stringMatching(` --target ${folder} fastmath==1.0$`),
      },
    ])
  })

  it('has it in /var/task too, and nowhere else', () => {
    expect(found({ folder: '/var/task', workingDirectory: '/' })).toHaveLength(1)
    expect(found({ folder: '/srv', workingDirectory: '/function' })).toEqual([])
  })
})

describe('how to install anew', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      "is plain where pip is that of the function's Python",
      ['/usr/bin/pip', '/usr/bin/pip3.11'],
      /\nRUN pip install --only-binary/,
    ],
    [
      'names the platform where pip may be that of another',
      ['/usr/bin/pip', '/usr/bin/pip3.13'],
      /--python-version 3\.11/,
    ],
    ['names the platform where there is none', [], /\nRUN pip install --platform \S+ .*--python-version 3\.11/],
  ])('%s', (_, programs, help) => {
    expect(found({ folder: '/function', programs })[0]?.help).toMatch(help)
  })
})
