import type { LoadKind } from './node-file.ts'

/** What `require` is called in scripts, bundled and transpiled ones too. */
export const REQUIRE =
  /^(?:_*(?:non_webpack_)?_*require_*\d*|nodeRequire|requireFunc|runtimeRequire|dynamicRequire|customRequire|_?require[A-Z]?)$/

/** Packages that look for a compiled addon. */
export const LOADERS: Readonly<Record<string, LoadKind>> = {
  bindings: 'bindings',
  'node-gyp-build': 'node-gyp-build',
  'node-gyp-build-optional-packages': 'node-gyp-build',
  'node-pre-gyp': 'node-pre-gyp',
  '@mapbox/node-pre-gyp': 'node-pre-gyp',
  '@discordjs/node-pre-gyp': 'node-pre-gyp',
  '@postman/node-pre-gyp': 'node-pre-gyp',
  'pkg-prebuilds': 'pkg-prebuilds',
  'require-addon': 'require-addon',
}
