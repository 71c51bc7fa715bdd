import { expect, it } from 'vitest'
import { contextSource } from '../../../src/template/cdk/asset-path.ts'
import { buildSecret, cacheOption, sshSource } from '../../../src/template/cdk/build-options.ts'

const FOLDER = 'cdk.out/asset.1'

it.each([
  ['src=token.txt', { file: 'cdk.out/asset.1/token.txt' }],
  ['source=/run/token', { file: '/run/token' }],
  ['type=file,src=../token', { file: 'cdk.out/token' }],
  ['env=TOKEN', { environmentVariable: 'TOKEN' }],
  ['type=env,env=TOKEN', { environmentVariable: 'TOKEN' }],
  ['type=env,src=TOKEN', { environmentVariable: 'TOKEN' }],
  ['type=env', { environmentVariable: 'token' }],
])('reads the secret `id=token,%s`', (text, source) => {
  expect(buildSecret('token', text, FOLDER)).toEqual({ id: 'token', ...source })
})

it.each(['', 'plain', 'src=', 'type=file'])('takes `%s` for no secret', (text) => {
  expect(buildSecret('token', text, FOLDER)).toBeUndefined()
})

it.each([
  ['default', 'default'],
  ['key=id_rsa', 'key=cdk.out/asset.1/id_rsa'],
  ['key=/home/me/a,b', 'key=/home/me/a,cdk.out/asset.1/b'],
])('takes the SSH source %s as %s', (text, expected) => {
  expect(sshSource(text, FOLDER)).toBe(expected)
})

it.each([
  [{ type: 'inline' }, 'type=inline'],
  [{ type: 'local', params: { src: 'cache', dest: '/cache' } }, 'type=local,src=cdk.out/asset.1/cache,dest=/cache'],
  [{ type: 'registry', params: { ref: 'host/cache', mode: 'max' } }, 'type=registry,ref=host/cache,mode=max'],
])('writes the cache %j', (cache, expected) => {
  expect(cacheOption(cache, FOLDER)).toBe(expected)
})

it.each([
  ['extra', 'cdk.out/asset.1/extra'],
  ['../../extra', 'extra'],
  ['/extra', '/extra'],
  ['docker-image://alpine:3', 'docker-image://alpine:3'],
  ['https://example.com/app.git', 'https://example.com/app.git'],
  ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
  ['github.com/a/b', 'github.com/a/b'],
  ['target:base', 'target:base'],
  ['oci-layout://layout:1', 'oci-layout://cdk.out/asset.1/layout:1'],
  ['oci-layout:///layout', 'oci-layout:///layout'],
])('takes the named context %s as %s', (text, expected) => {
  expect(contextSource(FOLDER, text)).toBe(expected)
})
