import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { loadCases } from '../../../src/smoke/layer/load-cases.ts'
import { loadScript } from '../../../src/smoke/layer/load-script.ts'
import type { LoadableFile } from '../../../src/smoke/layer/loadable-files.ts'

const library = (path: string): LoadableFile => ({ kind: 'library', path })
const files = [library('/opt/lib/liba.so'), library('/opt/lib/libb.so'), library('/opt/lib/libc.so')]

it('tells each file apart, and what the script did not come to', () => {
  const output = [
    'm begin 0',
    'm end 0 10',
    'm begin 1',
    "/opt/lib/libb.so: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /opt/lib/libb.so)",
    '\tlinux-vdso.so.1 (0x00007ffc)',
    'm end 1 20',
    'm begin 2',
  ].join('\n')
  expect(loadCases(files, 'm', output)).toEqual([
    { name: 'load /opt/lib/liba.so', status: 'passed', millis: 10 },
    {
      name: 'load /opt/lib/libb.so',
      status: 'failed',
      millis: 20,
      error: { type: 'LoadError', message: expect.stringMatching(/^\/opt\/lib\/libb\.so: .* `GLIBC_2\.38' not found/) },
      logTail: expect.stringContaining('linux-vdso'),
    },
    {
      name: 'load /opt/lib/libc.so',
      status: 'failed',
      millis: 0,
      error: { type: 'NotReached', message: 'The loader did not come to /opt/lib/libc.so.' },
    },
  ])
})

it('believes no answer that a file makes up', () => {
  const output = 'm begin 0\nother end 0 0\nm2 end 0 0\nm end 1 0\n'
  expect(loadCases(files, 'm', output)[0]).toMatchObject({ status: 'failed' })
})

it('comes with a script that says what hinders a program to be started', async () => {
  const interpreter = '/no/such/loader.so.2'
  const tried: readonly LoadableFile[] = [
    { kind: 'script', path: '/bin/sh', interpreter: '/bin/sh' },
    { kind: 'script', path: '/bin/sh', interpreter: '/usr/bin/env', program: "no'such'program" },
    { kind: 'script', path: '/bin/sh', interpreter: '/bin/sh\r' },
    { kind: 'program', path: '/bin/sh', interpreter },
    { kind: 'program', path: '/etc/passwd', interpreter: '/bin/sh' },
    { kind: 'library', path: "/no/such/lib's.so" },
  ]
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', loadScript(tried, 'mark')])
  expect(stdout.endsWith('mark done\n')).toBe(true)
  const cases = loadCases(tried, 'mark', stdout)
  expect(cases.map(({ name, error }) => [name, error?.type, error?.message])).toEqual([
    ['interpreter of /bin/sh', undefined, undefined],
    ['interpreter of /bin/sh', 'LoadError', "/bin/sh: env: no'such'program: No such file or directory"],
    ['interpreter of /bin/sh', 'LoadError', '/bin/sh\\r: No such file or directory'],
    ['load /bin/sh', 'LoadError', `/bin/sh: ${interpreter}: No such file or directory`],
    ['load /etc/passwd', 'NotExecutable', '/etc/passwd: Permission denied'],
    ["load /no/such/lib's.so", 'LoadError', expect.stringMatching(/lib's\.so: .*No such file|lib's\.so: cannot open/)],
  ])
})

it("passes over packages' commands that begin with the interpreter of the install, and nothing else", () => {
  const scripts: readonly LoadableFile[] = [
    { kind: 'script', path: '/opt/bin/f2py', interpreter: '/opt/hostedtoolcache/Python/3.11/x64/bin/python3.11' },
    { kind: 'script', path: '/opt/bin/report', interpreter: '/usr/bin/perl' },
    { kind: 'script', path: '/opt/extensions/agent', interpreter: '/usr/local/bin/python3' },
  ]
  const output = scripts
    .map(({ path }, index) => `m begin ${index}\n${path}: No such file or directory\nm end 127 1`)
    .join('\n')
  const cases = loadCases(scripts, 'm', output)
  expect(cases.map(({ status }) => status)).toEqual(['skipped', 'failed', 'failed'])
  expect(cases[0]?.error?.message).toContain('only a function that calls it fails')
})
