import { expect, it } from 'vitest'
import { layerBuildFailure } from '../../../src/layer/build/layer-build-failure.ts'

const failure = (log: string, problem?: string) =>
  layerBuildFailure({ how: 'it', image: 'b:1', exitCode: 1, log, ...(problem === undefined ? {} : { problem }) })

it.each([
  ["SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", /`ca-bundle`/],
  ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /`ca-bundle`/],
  ['PKIX path building failed: sun.security.provider.certpath', /`ca-bundle`/],
  [
    'npm error `npm ci` can only install packages when your package.json and package-lock.json',
    /Lock file and manifest/,
  ],
  [' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"', /Lock file and manifest/],
  ['error: The lockfile at `uv.lock` needs to be updated, but `--check` was provided.', /Lock file and manifest/],
  ['npm error code EUNSUPPORTEDPROTOCOL', /whole workspace/],
  ['Usage Error: Environment variable not found (SHOP_TOKEN)', /names that are passed on/],
  ['ERROR: No matching distribution found for nosuch==1', /no such version/],
  ["touch: cannot touch '/src/x': Read-only file system", /\/src is read-only/],
  ['bash: line 1: cargo: command not found', /not in the build image/],
  ['You need to install git to be able to use gems from git repositories.', /not in the build image/],
  ["ERROR: Cannot find command 'git' - do you have 'git' installed and in your PATH?", /not in the build image/],
  ['npm error spawn git ENOENT', /not in the build image/],
  ['npm error code EAI_AGAIN', /cannot reach the network/],
  ['exec /bin/sh: exec format error', /images of that architecture/],
  ['Your bundle only supports platforms ["arm64-darwin-23"] but your local platform', /bundle lock --add-platform/],
  ['Your Ruby version is 3.3.8, but your Gemfile specified 3.2.2', /of that Ruby with `runtime`/],
  ["Could not find gem 'nosuch' in rubygems repository https://rubygems.org/", /no such gem/],
  ['something else', /everything that was printed/],
])('%s', (line, help) => {
  expect(failure(`first\n${line}\n`).help).toMatch(help)
})

it('repeats what the engine said', () => {
  const said = 'exec: "/bin/sh": stat /bin/sh: no such file or directory'
  expect(failure('', said).message).toContain(said)
  expect(failure('', said).help).toMatch(/needs a shell/)
})

it('shows what went wrong, not where in the tool', () => {
  const stack = Array.from({ length: 30 }, (_, line) => `    at emit (node:events:${line}:3)`)
  const { message } = failure(['RequestError: no', ...stack, 'Failed with errors'].join('\n'))
  expect(message).toMatch(/in b:1\.\nRequestError: no\nFailed with errors$/)
})

it('finds the cause also where the tool goes on to say how it is used', () => {
  const usage = Array.from({ length: 30 }, (_, line) => `npm error --option-${line}`)
  const cause = 'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.'
  const { message, help } = failure([cause, ...usage].join('\n'))
  expect(message.split('\n').slice(1, 4)).toEqual([cause, '…', 'npm error --option-10'])
  expect(help).toMatch(/Lock file and manifest/)
})
