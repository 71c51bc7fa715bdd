/** Fields that npm, Node.js and build tools give a package.json a meaning for: nearly every one has some of them. */
export const COMMON_FIELDS: ReadonlySet<string> = new Set(
  `name version description keywords homepage bugs license licenses author authors contributors maintainers funding files main
  browser bin man directories repository scripts config dependencies devDependencies peerDependencies peerDependenciesMeta
  bundleDependencies bundledDependencies optionalDependencies overrides engines engine os cpu libc private publishConfig
  workspaces packageManager type exports imports module types typings typesVersions sideEffects unpkg jsdelivr binary napi
  gypfile readme readmeFilename gitHead _id _from _resolved _integrity dist`.split(/\s+/),
)
