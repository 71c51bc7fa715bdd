import { describe, expect, it } from 'vitest'
import { manifestLine } from '../../../src/checks/facts/manifest-line.ts'

const PACKAGE =
  '{\n  "name": "sharp-layer",\n  "dependencies": {\n    "sharp": "1",\n    "@img/sharp-linux-x64": "1"\n  }\n}'
const REQUIREMENTS = '# numpy is needed\nrequests>=2\nNumPy[extra]==2.1 ; python_version > "3"\nruamel.yaml\n'

describe('manifestLine', () => {
  it.each([
    ['src/package.json', PACKAGE, 'pkg:npm/sharp', 4],
    ['src/package.json', PACKAGE, 'pkg:npm/%40img/sharp-linux-x64', 5],
    ['src/package.json', PACKAGE, 'pkg:npm/detect-libc', undefined],
    ['requirements.txt', REQUIREMENTS, 'pkg:pypi/numpy', 3],
    ['requirements.txt', REQUIREMENTS, 'pkg:pypi/ruamel-yaml', 4],
    ['requirements.txt', REQUIREMENTS, 'pkg:pypi/request', undefined],
    ['pyproject.toml', '[project]\ndependencies = [\n  "numpy>=2",\n]\n', 'pkg:pypi/numpy', 3],
    ['Gemfile', "source 'https://rubygems.org'\ngem 'pg', '~> 1'\n", 'pkg:gem/pg', 2],
    ['pom.xml', '<dependency>\n<artifactId>snappy-java</artifactId>\n', 'pkg:maven/org.xerial.snappy/snappy-java', 2],
    ['requirements.txt', REQUIREMENTS, 'no purl', undefined],
  ])('%s %s of %s: %s', (file, text, owner, line) => expect(manifestLine(file, text, owner)).toBe(line))
})
