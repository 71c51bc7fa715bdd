import { expect, it } from 'vitest'
import { builtFromSource } from '../../../src/layer/build/source-builds.ts'

// Lines as pip 23 and 25, uv 0.13 and Bundler 2.4 print them.
it.each([
  ['  Building wheel for docopt (setup.py): started', 'docopt'],
  ['  Building wheel for my-app (pyproject.toml): finished with status done', 'my-app'],
  ['Processing /cache/pip/wheels/fc/ab/d4/5da/docopt-0.6.2-py2.py3-none-any.whl', 'docopt'],
  ['  Using cached docopt-0.6.2-py2.py3-none-any.whl', 'docopt'],
  ['  Using cached idna-3.7-py3-none-any.whl (66 kB)', undefined],
  ['      Built docopt==0.6.2', 'docopt'],
  ['      Built tool @ git+https://github.com/octo-org/tool@0123', 'tool'],
  ['      Built app @ file:///tmp/lambda-parity/work', undefined],
  ['Compiled by node-gyp: @shop/addon', '@shop/addon'],
  ['Installing json 2.9.1 with native extensions', 'json'],
  ['Building wheels for collected packages: docopt', undefined],
  ['  Downloading requests-2.32.3-py3-none-any.whl (64 kB)', undefined],
  ['Processing ./wheels/own-1.0-py3-none-any.whl', undefined],
  ['Installing rack 3.1.8', undefined],
])('%s', (line, name) => {
  expect(builtFromSource(line)).toBe(name)
})
