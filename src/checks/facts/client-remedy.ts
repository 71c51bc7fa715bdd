import type { Subject } from '../check.ts'
import { codeFolders } from './code-folders.ts'
import { packageSystem } from './installed-packages.ts'
import { runtimeViews } from './runtime-view.ts'
import { findInPath } from './start-program.ts'

/** A published runtime interface client: the interpreters that run it, its name, and how an image starts it. */
export type PublishedClient = {
  readonly interpreter: RegExp
  readonly name: string
  readonly entrypoint: string
}

/** Of the languages whose scripts were searched for one. */
const CLIENTS: readonly PublishedClient[] = [
  {
    interpreter: /^node(?:js)?\d*$/,
    name: 'aws-lambda-ric',
    entrypoint: '["node", "node_modules/.bin/aws-lambda-ric"]',
  },
  { interpreter: /^python[\d.]*$/, name: 'awslambdaric', entrypoint: '["python3", "-m", "awslambdaric"]' },
  { interpreter: /^ruby[\d.]*$/, name: 'aws_lambda_ric', entrypoint: '["aws_lambda_ric"]' },
]

/** The client that a program of that name would run. */
export function clientOf(program: string): PublishedClient | undefined {
  return CLIENTS.find(({ interpreter }) => interpreter.test(program))
}

/** Whether a command starts it already. */
export function names(argv: readonly string[], { name }: PublishedClient): boolean {
  return argv.some((word) => word.split('/').includes(name))
}

/** Lines of a Dockerfile that add a client and start it. */
export function addClient(client: PublishedClient, argv: readonly string[], subject: Subject): string {
  const start = names(argv, client) ? '' : `\nENTRYPOINT ${client.entrypoint}`
  return `RUN ${installation(client, subject)}${start}`
}

function installation({ name }: PublishedClient, subject: Subject): string {
  if (name === 'aws-lambda-ric') return `npm install ${name}`
  if (name === 'aws_lambda_ric') return `gem install ${name}`
  const [view] = runtimeViews(subject)
  // In the function's folder, where `python -m` looks first, pip installs also on systems that keep their Python to themselves.
  const install = `pip install --target ${view === undefined ? '.' : codeFolders(view)[0]} ${name}`
  const pip = findInPath('pip', subject.artifact) === undefined ? withPip(subject) : ''
  return `${pip}${install}`
}

/** Debian, Amazon Linux and Alpine split pip from Python. */
function withPip({ artifact: { os } }: Subject): string {
  if (os?.id === 'alpine') return 'apk add --no-cache py3-pip && '
  const system = packageSystem(os)
  if (system === 'debian') return 'apt-get update && apt-get install -y --no-install-recommends python3-pip && '
  return system === undefined ? '' : `${system === 'al2' ? 'yum' : 'dnf'} install -y python3-pip && `
}
