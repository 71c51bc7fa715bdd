import { describe, expect, it } from 'vitest'
import { pythonReader } from '../../../src/inspect/python/python-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

describe('names that a module gives to others', () => {
  it.each([
    ['an imported one', 'from pkg import services'],
    ['a relative one', 'from . import services'],
    ['one under another name', 'import pkg.services as services'],
  ])('are not lacked: %s', (_, statement) => {
    expect(lacks(`${statement}\nservices.client = services.client_v1\n`)).toEqual([])
  })

  it.each([
    ['a condition', 'if (client := client_v1):\n  pass\n'],
    ['a loop', 'for client in names():\n  pass\n'],
    ['a loop that asks', 'while client := client_v1:\n  break\n'],
    ['a file', 'with open("x") as client:\n  pass\n'],
  ])('are not lacked when they are bound in the head of %s', (_, text) => {
    expect(lacks('', text)).toEqual([])
  })

  it.each([
    ['a comparison', 'from pkg import services\nservices.client == 1\n'],
    ['a call', 'from pkg import services\nservices.client()\n'],
    ['an attribute of what is no module', 'services = 1\nservices.client = 2\n'],
    ['another name', 'from pkg import services\nservices.other = 2\n'],
    ['another module', 'from pkg.other import services\nservices.client = 2\n'],
  ])('are told apart from %s', (_, text) => {
    expect(lacks(text)).toEqual(['client'])
  })
})

/** Of `pkg.services`, which `pkg.models` asks for `client`. */
function lacks(init: string, services = ''): readonly string[] {
  const texts = {
    '/opt/python/pkg/__init__.py': init,
    '/opt/python/pkg/services/__init__.py': `client_v1 = 1\n${services}`,
    '/opt/python/pkg/models.py': 'from pkg.services import client\n',
  }
  const drafts = Object.entries(texts).flatMap(([path, text]) => {
    const draft = pythonReader.read(makeFile(path, { size: text.length }), Buffer.from(text))
    return draft === undefined ? [] : [[path, draft] as const]
  })
  return pythonReader
    .finish(new Map(drafts))
    .flatMap((one) => (one.path === '/opt/python/pkg/services/__init__.py' && 'lacks' in one ? (one.lacks ?? []) : []))
}
