/** Every rule of the catalogue, in the order of reports: what `ignore` accepts, also before a rule is built. */
export type CatalogueEntry = {
  readonly id: string
  /** What the rule finds, as the README's table says it. */
  readonly finds: string
}

// biome-ignore format: a table is read by its columns
export const CATALOGUE = [
  { id: 'manifest-index', finds: 'a reference that is an index (several platforms, attestations), which Lambda refuses' },
  { id: 'layer-media-type', finds: 'image layers that are not gzip-compressed tar' },
  { id: 'image-architecture', finds: 'an image of another architecture or operating system than the function' },
  { id: 'elf-architecture', finds: 'native code for another processor' },
  { id: 'foreign-binary', finds: 'macOS and Windows binaries' },
  { id: 'corrupt-binary', finds: 'native files that are empty, truncated or a Git LFS pointer' },
  { id: 'symbol-version', finds: 'native code that needs newer symbols than its libraries have (`GLIBC_2.38 not found`)' },
  { id: 'missing-library', finds: 'shared libraries that exist nowhere the loader looks' },
  { id: 'missing-interpreter', finds: 'executables whose program interpreter does not exist' },
  { id: 'libc-family', finds: 'musl code on glibc, and the reverse' },
  { id: 'python-extension-tag', finds: 'extension modules tagged for another Python' },
  { id: 'python-wheel-tag', finds: 'wheels for another Python, ABI or platform' },
  { id: 'python-record', finds: 'files and packages that a distribution lists and the artifact lacks' },
  { id: 'node-abi', finds: 'addons compiled for another Node.js ABI' },
  { id: 'node-platform-package', finds: 'packages whose variant for this platform was not installed' },
  { id: 'node-prebuild', finds: 'packages without a prebuilt binary for this platform' },
  { id: 'unreadable-file', finds: "files that Lambda's user may not read" },
  { id: 'not-executable', finds: 'programs that Lambda\'s user may not execute' },
  { id: 'entrypoint', finds: 'an ENTRYPOINT or CMD that cannot be started' },
  { id: 'handler', finds: 'a handler whose file does not exist' },
  { id: 'size-limit', finds: 'artifacts above a size that Lambda documents' },
  { id: 'layer-layout', finds: 'Lambda layers whose folders no runtime searches' },
  { id: 'os-family', finds: 'native code built on another Linux distribution' },
  { id: 'os-release', finds: 'another release of the same distribution than the runtime' },
  { id: 'shadowed-library', finds: 'one library in several searched folders' },
  { id: 'bundled-libc', finds: 'a C library shipped with the artifact' },
  { id: 'runpath-shadowed', finds: 'libraries that LD_LIBRARY_PATH takes from elsewhere than RUNPATH says' },
  { id: 'absolute-rpath', finds: 'search paths of the build machine' },
  { id: 'missing-soname-link', finds: 'libraries whose soname link was lost' },
  { id: 'broken-link', finds: 'symbolic links that lead nowhere' },
  { id: 'zip-symlink', finds: 'links that a zip turned into copies or text' },
  { id: 'node-napi', finds: 'addons that need a newer Node-API' },
  { id: 'node-v8-symbol', finds: 'addons that use V8 symbols the runtime does not export' },
  { id: 'node-engines', finds: 'packages whose `engines` exclude the runtime' },
  { id: 'prisma-engine', finds: "Prisma engines for another system" },
  { id: 'java-class-version', finds: 'classes newer than the JVM' },
  { id: 'java-native', finds: 'jars without a native library for this platform' },
  { id: 'ruby-layout', finds: 'gems for another Ruby or platform' },
  { id: 'dotnet-runtime', finds: '.NET assemblies for another runtime' },
  { id: 'bootstrap', finds: 'a custom runtime without a usable bootstrap' },
  { id: 'runtime-interface-client', finds: 'a base image of your own without a runtime interface client' },
  { id: 'floating-tag', finds: 'references that move: no tag, `latest`, no digest' },
  { id: 'environment-drift', finds: 'environment variables that differ from the base image' },
  { id: 'image-user', finds: 'a USER that Lambda ignores' },
  { id: 'ignored-config', finds: 'image settings that Lambda ignores' },
  { id: 'base-image', finds: 'the base image an image was built on, and its age' },
  { id: 'package-drift', finds: 'system packages that differ from the runtime image' },
  { id: 'undefined-symbol', finds: 'symbols that no library defines' },
  { id: 'cpu-features', finds: 'code for processors newer than Lambda promises' },
  { id: 'executable-stack', finds: 'objects that ask for an executable stack' },
  { id: 'unstripped-binary', finds: 'debug information that ships' },
  { id: 'development-files', finds: 'headers, archives, tests and caches that ship' },
  { id: 'duplicate-content', finds: 'the same content shipped twice' },
  { id: 'locale', finds: 'a LANG whose locale does not exist' },
  { id: 'ca-bundle', finds: 'a certificate path that does not exist' },
  { id: 'read-only-filesystem', finds: 'caches and homes outside /tmp' },
  { id: 'extension', finds: 'Lambda extensions that cannot be started' },
  { id: 'zip-entries', finds: 'zip entries that unpack elsewhere, twice, or not at all' },
  { id: 'parent-directory', finds: 'image layers that lack directory entries' },
  { id: 'runtime-deprecated', finds: 'runtimes near or past their deprecation' },
  { id: 'image-source', finds: 'images in a registry that a function cannot use' },
  { id: 'repository-policy', finds: 'a repository that Lambda may not pull the image from' },
  { id: 'lifecycle-policy', finds: 'lifecycle rules that will remove the image while it is in use' },
  { id: 'smoke', finds: 'smoke cases that failed' },
] as const satisfies readonly CatalogueEntry[]

export type RuleId = (typeof CATALOGUE)[number]['id']

/** Words that `ignore` accepts. */
export const KNOWN_RULES: readonly string[] = CATALOGUE.map((entry) => entry.id)
