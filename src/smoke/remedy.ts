/** Remedies for what a failed invocation says. First match wins; `layer` where a layer's is another than an image's. */
type Remedy = {
  readonly pattern: RegExp
  readonly help: string
  readonly layer?: string
  /** The bytes may say more about it than the words do. */
  readonly isAbsence?: true
}

const REMEDIES: readonly Remedy[] = [
  {
    pattern: /version [`']?GLIBC_[\d.]+'? not found|version [`']?\S+' not found/,
    help: 'The named file was built on a newer system than the one that runs it. Build it in the base image of the runtime (for Python: pip install --platform manylinux2014_<arch> --only-binary=:all:).',
    layer:
      'The named file was built on a newer system than the runtime. Install in the build image of the runtime (layer-source does), or pip install --platform manylinux2014_<arch> --only-binary=:all:.',
  },
  {
    pattern: /libc\.musl|Error relocating|ld-musl|Error loading shared library/,
    help: 'A binary built for another C library (musl against glibc). Install or build it in the image that runs it.',
  },
  {
    pattern: /^NotExecutable/,
    help: 'Let everybody execute the file, and build or pack again.\nchmod 755 <file>',
  },
  {
    pattern: /^LoadError: \/[^:]*: (?:env: )?\S+: No such file or directory/,
    help: 'The runtime does not have the interpreter that the first line names: put it into the layer, or name one that the runtime has (#!/bin/sh).',
  },
  {
    pattern: /Gem::Missing(?:Spec|SpecVersion)Error/,
    help: "RubyGems does not find the gem, or one that it requires: install all of them for the runtime's Ruby into ruby/gems/X.Y.0 (layer-source with a Gemfile does).",
  },
  {
    pattern: /cannot open shared object file/,
    help: 'The named library is not in the image. Install its package in the final stage, or copy it to /var/task/lib.',
    layer: 'The named library is not in the runtime. Put it into lib/ of the layer: the loader searches /opt/lib.',
  },
  {
    pattern: /exec format error|invalid ELF header|wrong ELF class/,
    help: 'The named file is for another processor, or a script without its #! line. Build for the architecture of the function (docker build --platform).',
  },
  {
    pattern: /NODE_MODULE_VERSION/,
    help: "A native module built by another Node.js major version: run npm ci in the base image, with the function's Node.js.",
  },
  {
    pattern: /Could not load the "sharp" module|Cannot find module '@[\w-]+\/[\w-]*(linux|darwin|win32)/,
    help: 'The package for this operating system and architecture was not installed: run npm ci in the base image, without a copied node_modules.',
  },
  {
    pattern: /cannot cache function .*no locator available/,
    help: 'numba keeps what it compiles beside the source, which cannot be written on Lambda: set NUMBA_CACHE_DIR=/tmp in the environment of the function (smoke-env for the smoke).',
  },
  {
    pattern: /EROFS|Read-only file system|sbx_user1051/i,
    help: 'On Lambda only /tmp can be written. Write there, and set HOME=/tmp (or the cache folder of the library) in the environment.',
  },
  {
    pattern: /ENOSPC|No space left on device/i,
    help: 'The function fills /tmp: raise ephemeral-storage, or remove what it leaves there.',
  },
  {
    pattern: /EACCES|Permission denied/i,
    help: 'Lambda runs the function as a user without privileges: make files readable and programs executable for everybody (COPY --chmod=755).',
  },
  {
    pattern: /fork\/exec \S+: no such file or directory/,
    help: 'ENTRYPOINT (or the interpreter in its #! line, or its dynamic loader) is not in the image: check the path, and that the base image has what it was built for.',
  },
  {
    pattern: /entrypoint requires the handler name|Couldn't find valid bootstrap/,
    help: 'CMD must be exactly one element, the handler: CMD ["app.handler"].',
  },
  {
    pattern: /executable file not found in \$PATH/,
    help: 'What ENTRYPOINT and CMD name is not in the image. A CMD that is a handler needs a runtime interface client as ENTRYPOINT, as ["/usr/bin/python3", "-m", "awslambdaric"].',
  },
  {
    pattern: /InvalidWorkingDir|working directory/,
    help: 'Set WORKDIR to an absolute path that exists: WORKDIR /var/task.',
  },
  {
    pattern: /HandlerNotFound|MalformedHandlerName|is undefined or not exported|Handler '[^']*' missing/,
    help: 'The file was found, and exports no function of that name: correct what stands behind the last dot of CMD (or of smoke-handler), or export it.',
  },
  {
    pattern:
      /No module named|Cannot find (?:module|package)|cannot load such file|ImportModuleError|ModuleNotFound|cannot import name/,
    help: 'A module is missing from the image, or was built for another system: install the dependencies in the image, and copy the code to LAMBDA_TASK_ROOT.',
    layer:
      'What it loads is not in the layer, or was built for another system: install it into the layer with all that it requires, in the build image of the runtime (layer-source does).',
    isAbsence: true,
  },
  {
    pattern: /OutOfMemory/,
    help: 'Raise memory-size, or reduce what the function holds. Files in /tmp count as memory in this smoke (not on Lambda).',
  },
  {
    pattern: /signal: killed/,
    help: 'Most of the time that is want of memory, though the engine counted no such kill: try a larger memory-size.',
  },
  {
    pattern: /Sandbox\.Timedout/,
    help: 'Raise timeout. Under smoke-network: none a call to the network fails or hangs: use smoke-network: bridge if the function needs it.',
  },
  {
    pattern: /ResponseSizeTooLarge/,
    help: 'A synchronous answer may have 6 MB: return a reference (an S3 object), or stream.',
  },
  {
    pattern:
      /ENETUNREACH|EAI_AGAIN|ENOTFOUND|Network is unreachable|Name or service not known|Temporary failure in name/,
    help: 'The function has no network in the smoke: use smoke-network: bridge, or an event that needs none.',
  },
  {
    pattern: /: \d+: [\w.-]+: not found|: command not found/,
    help: 'The script calls a program that the image does not have: install its package in the final stage, or do without (in AWS base images: RUN dnf install -y <package>).',
    layer: 'The script calls a program that the runtime does not have: put it into bin/ of the layer, or do without.',
  },
  {
    pattern: /Runtime exited without providing a reason|exit status 0\b/,
    help: 'The program ended without asking the Lambda Runtime API for an event: make a runtime interface client the ENTRYPOINT, as ["/usr/bin/python3", "-m", "awslambdaric"], and CMD the handler.',
  },
]

const OTHERWISE = "Read the function's log of this case, and try the event in the image with the same constraints."
/** An exception of the handler's: it was loaded, so what it works with is not what it expects. */
const OWN =
  "The function's own code raised it: read the log of this case. Is the event one that the function gets (smoke-event or smoke-suite), and do the variables that it reads stand in smoke-env?"
/** What a case says of an image that is not even started. */
export const NOTHING_TO_START = 'The image has neither ENTRYPOINT nor CMD: Lambda has nothing to start.'
const COMMAND =
  'Set ENTRYPOINT to the runtime interface client, as ["/usr/bin/python3", "-m", "awslambdaric"], and CMD to the handler.'
const EXPECTATION = 'The function answered, but not as smoke-expect asks: correct the function, or the expectation.'

/** The next step for a failed case. `absence`: what is known of a module that these words say is absent. */
export function remedy(
  error: { readonly type: string; readonly message: string },
  log: string,
  kind: 'image' | 'layer' = 'image',
  absence: (said: string) => string | undefined = () => undefined,
): string {
  if (error.type === 'Expectation') return EXPECTATION
  if (error.message === NOTHING_TO_START) return COMMAND
  const said = `${error.type}: ${error.message}`
  const found = REMEDIES.find(({ pattern }) => pattern.test(said)) ?? REMEDIES.find(({ pattern }) => pattern.test(log))
  const isOwn = kind === 'image' && !/^(?:Runtime|Sandbox|Extension)\./.test(error.type)
  const known = found?.isAbsence === true ? absence(`${said}\n${log}`) : undefined
  return known ?? (kind === 'layer' ? found?.layer : undefined) ?? found?.help ?? (isOwn ? OWN : OTHERWISE)
}
