import { expect, it } from 'vitest'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import { mainModules } from '../../../src/smoke/layer/main-modules.ts'
import { makeDistribution, makeLayerEvidence } from '../../builders/layer.ts'

it('tells what a distribution is known by from its other modules, compiled files aside', () => {
  const python = [
    makeDistribution('black', '_black_version', 'black', 'black.mode', 'blackd', 'blib2to3'),
    makeDistribution('pyyaml', '_yaml', 'yaml', 'yaml.nodes'),
    makeDistribution('cffi', '_cffi_backend', 'cffi'),
    makeDistribution('pywin', 'win', 'winapi'),
    makeDistribution('python-dotenv', 'dotenv'),
    makeDistribution('odd-name', 'odd_name', 'other'),
  ]
  const files = [
    'python/_cffi_backend.cpython-311-x86_64-linux-gnu.so',
    'python/_yaml/__init__.py',
    'python/yaml/_yaml.cpython-311-darwin.so',
  ]
  expect(mainModules(makeLayerEvidence(files, { facts: { ...NO_FACTS, python } }))).toEqual(
    new Map([
      ['_black_version', 'black'],
      ['blackd', 'black'],
      ['blib2to3', 'black'],
      ['_yaml', 'yaml'],
      ['other', 'odd_name'],
    ]),
  )
})
