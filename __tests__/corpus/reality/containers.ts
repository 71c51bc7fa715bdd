import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandFailed, run } from '../../../lab/process/command.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { Install } from '../install.ts'

/** What a probe is told: seconds per module, then the modules. */
export type Probing = { readonly install: Install; readonly argv: readonly string[] }

/** Answers of the probes, JSON, by the install's id. */
export type Run = (folders: CorpusFolders, image: string, wanted: readonly Probing[]) => Promise<Map<string, string>>

/** Every container that tries a layer, by the process that started it. */
export const LABEL = `lambda-parity.corpus=${process.pid}`

const PROBES = fileURLToPath(new URL('.', import.meta.url))
const COMMON = [
  ...['run', '--rm', '--interactive', '--label', LABEL, '--network', 'none', '--read-only'],
  ...['--tmpfs', '/tmp:rw,exec,size=512m', '--volume', `${PROBES}:/probe:ro`],
]
const PROGRAMS = {
  pip: ['/var/lang/bin/python3', '/probe/probe.py'],
  npm: ['/var/lang/bin/node', '/probe/probe.cjs'],
  compiler: ['/var/lang/bin/node', '/probe/program.cjs'],
  mvn: [],
} as const

/** A container per layer, which is mounted at /opt; Lambda's user, and no right that Lambda does not give. */
export const eachAlone: Run = async (folders, image, wanted) => {
  const answers = new Map<string, string>()
  for (const { install, argv } of wanted) {
    const layer = join(installFolder(folders, install), 'layer')
    answers.set(
      install.id,
      await run('docker', [
        ...[...COMMON, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--user', '993:990'],
        ...['--volume', `${layer}:/opt:ro`, '--entrypoint', '/bin/sh', image, '/probe/alone.sh'],
        ...[...PROGRAMS[install.choice.tool], ...argv],
      ]).catch(failedProbe),
    )
  }
  return answers
}

/** All in one container, which mounts one layer after the other at /opt: faster, and needs the right to mount. */
export const together: Run = async (folders, image, wanted) => {
  const lines = wanted.map(({ install, argv }) => [install.id, ...argv].join('\t'))
  const output = await run(
    'docker',
    [
      ...[...COMMON, '--cap-add', 'SYS_ADMIN'],
      ...['--security-opt', 'apparmor=unconfined', '--security-opt', 'seccomp=unconfined'],
      ...['--volume', `${folders.installs}:/installs:ro`, '--entrypoint', '/bin/sh', image, '/probe/drive.sh'],
    ],
    { input: `${lines.join('\n')}\n` },
  )
  const answers = output.trim().split('\n')
  return new Map(answers.map((line) => line.split('\t') as [string, string]))
}

function failedProbe(error: unknown): string {
  if (!(error instanceof CommandFailed)) throw error
  return JSON.stringify({ '': { type: 'probe', text: error.message.slice(-500) } })
}
