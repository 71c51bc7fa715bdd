import { posix } from 'node:path'
import type { Architecture } from '../../lambda/architecture.ts'

/** Lines of a pom.xml, or of a shell, that get the variant of a jar for the function's platform in the spelling of its project. */
export function variantOfPlatform(path: string, architecture: Architecture): string {
  const name = posix.basename(path, '.jar')
  const arm = architecture === 'arm64'
  if (/-natives-[\w-]+$/.test(name)) return `<classifier>natives-linux${arm ? '-arm64' : ''}</classifier>`
  // Go's and Docker's words.
  if (/-(?:darwin|win|windows|linux|freebsd|aix)_[a-z0-9]+$/.test(name))
    return `<classifier>linux_${arm ? 'aarch64' : 'amd64'}</classifier>`
  const artifact = name.replace(/-\d.*$/, '')
  const variant = artifact.replace(SYSTEM_AND_PROCESSOR, `linux-${arm ? 'aarch64' : 'x86_64'}`)
  if (variant !== artifact) return `<artifactId>${variant}</artifactId>`
  // os-maven-plugin's.
  const detected = `linux-${arm ? 'aarch_64' : 'x86_64'}`
  return `mvn package -Dos.detected.classifier=${detected}    # without os-maven-plugin: <classifier>${detected}</classifier>`
}

const SYSTEM_AND_PROCESSOR =
  /(?:osx|macosx?|darwin|windows|win|linux)[-_](?:x86[-_]64|amd64|x64|aarch_?64|arm64|armv7|riscv64|ppc64le|s390x)/i
