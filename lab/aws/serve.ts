// The AWS stand-in as a process: prints one line of JSON with its addresses when it is ready, ends on SIGTERM or SIGINT.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startAws } from './stand-in.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'registry-port': { type: 'string', default: '0' },
    registry: { type: 'string' },
    user: { type: 'string', default: 'AWS' },
    'password-file': { type: 'string' },
    rie: { type: 'string' },
    'docker-host': { type: 'string' },
    account: { type: 'string', default: '123456789012' },
    region: { type: 'string', default: 'eu-central-1' },
    polls: { type: 'string', default: '2' },
  },
})
const { registry: host, user, 'password-file': passwordFile, rie: riePath, 'docker-host': dockerHost } = values
if (host === undefined || passwordFile === undefined) {
  throw new Error('Give --registry HOST:PORT of a registry with basic authentication and --password-file FILE')
}
const polls = Number(values.polls)
const aws = await startAws({
  // Read at each use: the registry's password may change while this runs.
  registry: { host, user, password: () => readFileSync(passwordFile, 'utf8').trim() },
  port: Number(values.port),
  registryPort: Number(values['registry-port']),
  accountId: values.account,
  region: values.region,
  pollsUntilActive: polls,
  pollsUntilUpdated: polls,
  ...(riePath !== undefined && { riePath }),
  ...(dockerHost !== undefined && { dockerHost }),
})
const { endpoint, registryHost, accountId, region } = aws
console.log(JSON.stringify({ endpoint, registryHost, accountId, region, pid: process.pid }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void aws.stop())
}
