import { expect, it } from 'vitest'
import { type InstallTarget, wrongOptions } from '../../src/resolve/install-options.ts'

const TARGET: InstallTarget = { python: '3.11', architecture: 'x86_64', libc: 'glibc' }

function wrong(command: string, target: InstallTarget = TARGET) {
  return wrongOptions(`FROM x\nRUN ${command}\n`, target).map(({ installer, option }) => `${installer} ${option}`)
}

it.each([
  ['pip install --python-version 3.12 -t . numpy', ['pip --python-version 3.12']],
  ['cd /x && pip3 install --python-version=312 numpy', ['pip --python-version=312']],
  ['python3 -m pip install --abi cp312 numpy', ['pip --abi cp312']],
  ['pip install --platform manylinux2014_aarch64 numpy', ['pip --platform manylinux2014_aarch64']],
  ['pip install --platform musllinux_1_2_x86_64 numpy', ['pip --platform musllinux_1_2_x86_64']],
  ['pip install --platform macosx_11_0_arm64 numpy', ['pip --platform macosx_11_0_arm64']],
  [
    'uv pip install --python 3.12 --python-platform aarch64-manylinux2014 numpy',
    ['pip --python 3.12', 'pip --python-platform aarch64-manylinux2014'],
  ],
  ['npm ci --os=darwin --cpu=arm64', ['npm --os=darwin', 'npm --cpu=arm64']],
  ['npm install --libc musl sharp', ['npm --libc musl']],
  ['pip install \\\n  --python-version 3.12 \\\n  numpy', ['pip --python-version 3.12']],
])('%s asks for another system', (command, options) => expect(wrong(command)).toEqual(options))

it.each([
  'pip install --python-version 3.11 --platform manylinux2014_x86_64 numpy',
  'pip install --platform manylinux2014_x86_64 --platform manylinux2014_aarch64 numpy',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
  'pip install --python-version ${PYTHON} numpy',
  'uv pip install --python /usr/bin/python3 --python-platform linux numpy',
  'npm ci --os=linux --cpu=x64 --libc=glibc',
  'curl --platform macosx_11_0_arm64',
])('%s does not', (command) => expect(wrong(command)).toEqual([]))

it('goes by the function', () => {
  const arm: InstallTarget = { architecture: 'arm64', libc: 'musl' }
  expect(wrong('pip install --python-version 3.12 --platform musllinux_1_2_aarch64 x', arm)).toEqual([])
  expect(wrong('npm ci --cpu=x64', arm)).toEqual(['npm --cpu=x64'])
})

it('tells the line', () => {
  const dockerfile = 'FROM x AS build\n\nRUN true\nRUN pip install --python-version 3.9 y\nFROM x\n'
  expect(wrongOptions(dockerfile, TARGET)).toMatchObject([{ line: 4 }])
})
