import type { ContainerLogs } from '../../src/ports/containers.ts'

/** Answers and logs as the real emulator (from SAM CLI 1.170.0) gave them, with dates, ids and repeated lines cut. */
export type Recording = { readonly status: number; readonly body: string; readonly logs: ContainerLogs }

const START = 'START RequestId: 599e8150-1252-4396-b765-e96c22c5b388 Version: $LATEST\n'
const REPORT =
  'END RequestId: 599e8150-1252-4396-b765-e96c22c5b388\nREPORT RequestId: 599e8150-1252-4396-b765-e96c22c5b388\tInit Duration: 0.04 ms\tDuration: 33.02 ms\tBilled Duration: 34 ms\tMemory Size: 3008 MB\tMax Memory Used: 3008 MB\t\n'
const STAMP = '21 Nov 2026 10:12:41,316'

function rapid(...lines: readonly string[]): string {
  return lines.map((line) => `${STAMP} ${line}\n`).join('')
}

const INIT_DONE = [
  '[INFO] (rapid) INIT START(type: on-demand, phase: init)',
  '[INFO] (rapid) INIT RTDONE(status: success)',
  '[INFO] (rapid) INIT REPORT(durationMs: 29.701000)',
  '[INFO] (rapid) INVOKE START(requestId: 599e8150-1252-4396-b765-e96c22c5b388)',
]

function initFailure(type: string, error: string): string {
  return rapid(
    '[INFO] (rapid) INIT START(type: on-demand, phase: init)',
    `[WARNING] (rapid) First fatal error stored in appctx: ${type}`,
    '[INFO] (rapid) INIT RTDONE(status: error)',
    '[INFO] (rapid) INIT REPORT(durationMs: 31.913000)',
    `[ERROR] (rapid) Init failed error=${error} InvokeID=`,
    '[INFO] (rapid) INIT START(type: on-demand, phase: invoke)',
    '[INFO] (rapid) INIT REPORT(durationMs: 0.023000)',
    `[ERROR] (rapid) Invoke failed InvokeID=847357fd-bf48-4281-a96e-4e32ff5af6d2 error=${error}`,
    '[ERROR] (rapid) Invoke DONE failed: Sandbox.Failure',
  )
}

function exitDuringInvoke(reason: string): string {
  return rapid(
    ...INIT_DONE,
    '[WARNING] (rapid) First fatal error stored in appctx: Runtime.ExitError',
    `[WARNING] (rapid) Process runtime-1 exited: ${reason}`,
    `[ERROR] (rapid) Invoke failed InvokeID=fdc74de2-1d06-4d0e-9bdf-7de13cd3a1e5 error=Runtime exited with error: ${reason}`,
    '[ERROR] (rapid) Invoke DONE failed: Runtime.ExitError',
  )
}

function exitError(reason: string): string {
  return `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: fdc74de2-1d06-4d0e-9bdf-7de13cd3a1e5 Error: Runtime exited with error: ${reason}"}`
}

const healthy = { stdout: START + REPORT, stderr: rapid(...INIT_DONE) }

export const RECORDINGS = {
  success: { status: 200, body: '{"hello":"World"}', logs: healthy },
  plainText: { status: 200, body: 'hello', logs: healthy },
  emptyAnswer: { status: 200, body: '', logs: healthy },
  handlerError: {
    status: 200,
    body: '{"errorType":"TypeError","errorMessage":"boom","stackTrace":[]}',
    logs: healthy,
  },
  timeout: { status: 200, body: 'Task timed out after 1.00 seconds', logs: healthy },
  tooLarge: {
    status: 200,
    body: '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}',
    logs: healthy,
  },
  handlerNotFound: {
    status: 502,
    body: '{"errorType":"Runtime.HandlerNotFound","errorMessage":"app.nope is undefined or not exported"}',
    logs: { stdout: START, stderr: initFailure('Runtime.ExitError', 'Runtime exited with error: exit status 1') },
  },
  entryScriptRefuses: {
    status: 502,
    body: '',
    logs: {
      stdout: `${START}entrypoint requires the handler name to be the first argument\n`,
      stderr: initFailure('Runtime.ExitError', 'Runtime exited with error: exit status 142'),
    },
  },
  glibcTooOld: {
    status: 502,
    body: '',
    logs: {
      stdout: `${START}starting\n/var/task/main: /lib64/libc.so.6: version \`GLIBC_2.39' not found (required by /var/task/main)\nbye\n`,
      stderr: initFailure('Runtime.ExitError', 'Runtime exited with error: exit status 1'),
    },
  },
  wrongArchitecture: {
    status: 502,
    body: '',
    logs: {
      stdout: START,
      stderr: initFailure('Runtime.InvalidEntrypoint', 'fork/exec /var/task/main: exec format error'),
    },
  },
  entryMissing: {
    status: 502,
    body: '',
    logs: {
      stdout: START,
      stderr: initFailure('Runtime.InvalidEntrypoint', 'fork/exec /var/task/main: no such file or directory'),
    },
  },
  silentExit: {
    status: 502,
    body: '',
    logs: { stdout: START, stderr: initFailure('Runtime.ExitError', 'Runtime exited with error: exit status 3') },
  },
  exitDuringInvoke: {
    status: 502,
    body: exitError('exit status 9'),
    logs: { stdout: `${START}Error: database is gone\n`, stderr: exitDuringInvoke('exit status 9') },
  },
  killed: {
    status: 502,
    body: exitError('signal: killed'),
    logs: { stdout: START, stderr: exitDuringInvoke('signal: killed') },
  },
} satisfies Readonly<Record<string, Recording>>
