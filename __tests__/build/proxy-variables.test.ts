import { expect, it } from 'vitest'
import { proxyVariables } from '../../src/build/proxy-variables.ts'

it.each<[string, Record<string, string | undefined>, string | undefined, string[]]>([
  ['none', { PATH: '/bin', HTTP_PROXY: '' }, undefined, []],
  ['both spellings', { HTTPS_PROXY: 'http://p:3128', no_proxy: 'a' }, undefined, ['HTTPS_PROXY', 'no_proxy']],
  ['loopback cannot be reached from a step', { HTTP_PROXY: 'http://127.0.0.1:3128' }, undefined, []],
  ['loopback by name, with a login', { http_proxy: 'http://me:pw@localhost:3128/' }, undefined, []],
  ['loopback by IPv6', { HTTP_PROXY: 'http://[::1]:3128' }, undefined, []],
  ['loopback on the host network', { HTTP_PROXY: 'http://127.0.0.1:3128' }, 'host', ['HTTP_PROXY']],
  ['a host that only looks like it', { HTTP_PROXY: 'http://127.0.0.1.proxy.example' }, undefined, ['HTTP_PROXY']],
])('%s', (_name, environment, network, expected) => {
  expect(proxyVariables(environment, network)).toEqual(expected)
})
