import type { Check } from './check.ts'
import { dotnetRuntime } from './dotnet-runtime.ts'
import { elfArchitecture } from './elf-architecture.ts'
import { entrypoint } from './entrypoint.ts'
import { handler } from './handler.ts'
import { imageArchitecture } from './image-architecture.ts'
import { javaClassVersion } from './java-class-version.ts'
import { javaNative } from './java-native.ts'
import { manifestIndex } from './manifest-index.ts'
import { osFamily } from './os-family.ts'
import { osRelease } from './os-release.ts'
import { rubyLayout } from './ruby-layout.ts'
import { sizeLimit } from './size-limit.ts'
import { symbolVersion } from './symbol-version.ts'
import { unreadableFile } from './unreadable-file.ts'

/** Every rule that is built, one row per rule. Bundlers need static imports; the registry test compares with the folder. */
export const CHECKS: readonly Check[] = [
  manifestIndex,
  imageArchitecture,
  elfArchitecture,
  osFamily,
  osRelease,
  entrypoint,
  handler,
  sizeLimit,
  unreadableFile,
  symbolVersion,
  javaClassVersion,
  javaNative,
  rubyLayout,
  dotnetRuntime,
]
