import { absoluteRpath } from './absolute-rpath.ts'
import { baseImage } from './base-image.ts'
import { bootstrap } from './bootstrap.ts'
import { brokenLink } from './broken-link.ts'
import { bundledLibc } from './bundled-libc.ts'
import type { Check } from './check.ts'
import { corruptBinary } from './corrupt-binary.ts'
import { dotnetRuntime } from './dotnet-runtime.ts'
import { elfArchitecture } from './elf-architecture.ts'
import { entrypoint } from './entrypoint.ts'
import { environmentDrift } from './environment-drift.ts'
import { extension } from './extension.ts'
import { floatingTag } from './floating-tag.ts'
import { foreignBinary } from './foreign-binary.ts'
import { handler } from './handler.ts'
import { ignoredConfig } from './ignored-config.ts'
import { imageArchitecture } from './image-architecture.ts'
import { imageSource } from './image-source.ts'
import { imageUser } from './image-user.ts'
import { javaClassVersion } from './java-class-version.ts'
import { javaNative } from './java-native.ts'
import { layerLayout } from './layer-layout.ts'
import { layerMediaType } from './layer-media-type.ts'
import { libcFamily } from './libc-family.ts'
import { lifecyclePolicy } from './lifecycle-policy.ts'
import { manifestIndex } from './manifest-index.ts'
import { missingInterpreter } from './missing-interpreter.ts'
import { missingLibrary } from './missing-library.ts'
import { missingSonameLink } from './missing-soname-link.ts'
import { nodeAbi } from './node-abi.ts'
import { nodeEngines } from './node-engines.ts'
import { nodeNapi } from './node-napi.ts'
import { nodePlatformPackage } from './node-platform-package.ts'
import { nodePrebuild } from './node-prebuild.ts'
import { nodeV8Symbol } from './node-v8-symbol.ts'
import { notExecutable } from './not-executable.ts'
import { numbaCache } from './numba-cache.ts'
import { osFamily } from './os-family.ts'
import { osRelease } from './os-release.ts'
import { packageDrift } from './package-drift.ts'
import { parentDirectory } from './parent-directory.ts'
import { prismaEngine } from './prisma-engine.ts'
import { pythonExtensionTag } from './python-extension-tag.ts'
import { pythonRecord } from './python-record.ts'
import { pythonWheelTag } from './python-wheel-tag.ts'
import { repositoryPolicy } from './repository-policy.ts'
import { rubyLayout } from './ruby-layout.ts'
import { runpathShadowed } from './runpath-shadowed.ts'
import { runtimeDeprecated } from './runtime-deprecated.ts'
import { runtimeInterfaceClient } from './runtime-interface-client.ts'
import { shadowedLibrary } from './shadowed-library.ts'
import { sizeLimit } from './size-limit.ts'
import { symbolVersion } from './symbol-version.ts'
import { undefinedSymbol } from './undefined-symbol.ts'
import { unreadableFile } from './unreadable-file.ts'
import { zipEntries } from './zip-entries.ts'
import { zipSymlink } from './zip-symlink.ts'

/** Every rule that is built, one row per rule. Bundlers need static imports; the registry test compares with the folder. */
export const CHECKS: readonly Check[] = [
  manifestIndex,
  imageArchitecture,
  elfArchitecture,
  osFamily,
  osRelease,
  packageDrift,
  entrypoint,
  handler,
  sizeLimit,
  unreadableFile,
  symbolVersion,
  undefinedSymbol,
  shadowedLibrary,
  runpathShadowed,
  missingSonameLink,
  missingLibrary,
  missingInterpreter,
  libcFamily,
  bundledLibc,
  absoluteRpath,
  javaClassVersion,
  javaNative,
  nodePlatformPackage,
  nodePrebuild,
  nodeAbi,
  nodeNapi,
  nodeV8Symbol,
  nodeEngines,
  prismaEngine,
  numbaCache,
  pythonExtensionTag,
  pythonWheelTag,
  pythonRecord,
  rubyLayout,
  dotnetRuntime,
  layerMediaType,
  foreignBinary,
  corruptBinary,
  notExecutable,
  bootstrap,
  runtimeInterfaceClient,
  floatingTag,
  environmentDrift,
  imageUser,
  ignoredConfig,
  baseImage,
  extension,
  runtimeDeprecated,
  imageSource,
  repositoryPolicy,
  lifecyclePolicy,
  parentDirectory,
  brokenLink,
  layerLayout,
  zipEntries,
  zipSymlink,
]
