// Starts /opt/bootstrap under the emulator and sends it an event. Arguments: seconds, the name to answer for. Prints one
// JSON object: name -> {"ok": true} or {"type", "text"} with what was printed.
const { spawn } = require('node:child_process')

const [seconds, name] = [Number(process.argv[2]), process.argv[3]]
const emulator = spawn('/usr/local/bin/aws-lambda-rie', ['/opt/bootstrap'], { stdio: ['ignore', 'pipe', 'pipe'] })
let printed = ''
for (const stream of [emulator.stdout, emulator.stderr]) stream.on('data', (text) => (printed += text))

void main().then((result) => {
  console.log(JSON.stringify({ [name]: result }))
  emulator.kill('SIGKILL')
  process.exit(0)
})

async function main() {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    try {
      const body = await invoke(end)
      if (body.includes('"event": {"id":7}')) return { ok: true }
      return { type: 'failed', text: said() ?? body.slice(0, 500) }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return { type: 'failed', text: said() ?? `no answer in ${seconds} seconds` }
}

async function invoke(end) {
  const response = await fetch('http://127.0.0.1:8080/2015-03-31/functions/function/invocations', {
    method: 'POST',
    body: '{"id":7}',
    signal: AbortSignal.timeout(Math.max(1, end - Date.now())),
  })
  return await response.text()
}

/** The loader's or the kernel's own words, else the emulator's. */
function said() {
  return /^.*(?:not found|No such file|exec format error).*$/m.exec(printed)?.[0]
}
