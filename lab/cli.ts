import { parseArgs } from 'node:util'
import { down, stop } from './down.ts'
import { labFolders } from './folders.ts'
import { isStandInName, STAND_INS } from './images/stand-ins.ts'
import { up } from './lab.ts'
import { printedProgress } from './progress.ts'
import { ensureStandIns } from './stand-ins.ts'
import { status } from './status.ts'

const USAGE = `npm run lab -- up [IMAGE…] [--second-engine]   start everything; IMAGE is one of
${Object.keys(STAND_INS)
  .map((name) => `                ${name}`)
  .join('\n')}
npm run lab -- status                         what is there
npm run lab -- stop                           end the processes, keep packages, images and cache
npm run lab -- down                           leave the machine as it was`

const folders = labFolders()
const progress = printedProgress()

type Arguments = ReturnType<typeof readArguments>

const COMMANDS: Readonly<Record<string, (given: Arguments) => Promise<void>>> = {
  up: bringUp,
  stop: () => stop(folders, progress),
  down: () => down(folders, progress),
  status: async () => console.log((await status(folders)).join('\n')),
}

try {
  const given = readArguments()
  if (given.asksForHelp) console.log(USAGE)
  else await (COMMANDS[given.command] ?? usage)(given)
} catch (error) {
  console.error(error instanceof Error ? `lab: ${error.message}` : error)
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) await usage()
  else process.exitCode = 1
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'second-engine': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [command = '', ...names] = positionals
  return { command, names, withSecondEngine: values['second-engine'], asksForHelp: values.help }
}

async function usage(): Promise<void> {
  console.error(USAGE)
  process.exitCode = 2
}

async function bringUp({ names, withSecondEngine }: Arguments): Promise<void> {
  const wanted = names.filter(isStandInName)
  if (wanted.length < names.length) {
    console.error(`Unknown image: ${names.filter((name) => !isStandInName(name)).join(', ')}\n\n${USAGE}`)
    process.exitCode = 2
    return
  }
  const images = ['lambda/nodejs:22' as const, ...wanted]
  const lab = await up({ folders, progress, images })
  const references = await lab.images(images)
  const { aws, github } = await ensureStandIns(folders, progress, lab)
  const second = withSecondEngine ? await lab.secondEngine() : undefined
  console.log(`
# Environment of a step that uses the lab instead of AWS and GitHub:
export AWS_ENDPOINT_URL=${aws.endpoint} AWS_REGION=${aws.region} AWS_ACCESS_KEY_ID=AKIALAB AWS_SECRET_ACCESS_KEY=lab
export GITHUB_API_URL=${github.apiUrl} GITHUB_TOKEN=lab
# ECR repositories are named ${aws.registryHost}/<repository>; account ${aws.accountId}
# Runtime images: ${Object.values(references).join(' ')}
# Runtime interface emulator (rie-path): ${lab.rie.path}${second === undefined ? '' : `\n# Engine with the containerd store: DOCKER_HOST=${second.host}`}`)
}
