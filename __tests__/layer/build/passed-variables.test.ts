import { expect, it } from 'vitest'
import { passedVariables } from '../../../src/layer/build/passed-variables.ts'

it('passes proxies and registries on, nothing else of the runner', () => {
  const environment = {
    HTTPS_PROXY: 'http://proxy:3128',
    PIP_INDEX_URL: 'https://i/simple',
    AWS_SECRET_ACCESS_KEY: 'x',
  }
  expect(passedVariables(environment)).toEqual({
    variables: { HTTPS_PROXY: 'http://proxy:3128', PIP_INDEX_URL: 'https://i/simple' },
    secrets: [],
  })
})

it('leaves out a proxy that no container reaches', () => {
  expect(passedVariables({ HTTP_PROXY: 'http://127.0.0.1:3128', npm_config_registry: '' }).variables).toEqual({})
})

it('knows what of them nobody may read', () => {
  const { secrets } = passedVariables({
    https_proxy: 'http://user:pass%40word@proxy:3128',
    PIP_EXTRA_INDEX_URL: 'https://one/simple https://token:secret1@two/simple',
    NODE_AUTH_TOKEN: 'npm_token',
    UV_INDEX_OURS_USERNAME: 'deploy',
    UV_INDEX_OURS_PASSWORD: 'of-the-index',
  })
  expect(secrets).toEqual(['pass%40word', 'pass@word', 'secret1', 'npm_token', 'of-the-index'])
})

it('passes on what Bundler is told of one host or gem, and hides its credentials', () => {
  const environment = {
    BUNDLE_GEMS__EXAMPLE__COM: 'user:gem-password',
    BUNDLE_MIRROR__ALL: 'http://user:mirror-password@mirror:8080/',
    BUNDLE_BUILD__NOKOGIRI: '--use-system-libraries',
  }
  const left = { BUNDLE_PATH: 'vendor/bundle', BUNDLE_GEMFILE: '/home/me/Gemfile', BUNDLE_LOCAL__SHOP: '/home/me/shop' }
  expect(passedVariables({ ...environment, ...left })).toEqual({
    variables: environment,
    secrets: ['user:gem-password', 'gem-password', 'mirror-password'],
  })
})
