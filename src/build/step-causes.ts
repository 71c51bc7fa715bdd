import { type BuildCause, DISK_FULL } from './build-causes.ts'

/** `variable`: by which that program takes further authorities. */
function untrusted(pattern: RegExp, variable: string, command: string): BuildCause {
  return {
    pattern,
    summary: 'A download in this step met a certificate that the image does not trust.',
    help: `Behind a proxy that opens TLS give its certificate as the input ca-bundle, and use it where the download runs: RUN --mount=type=secret,id=ca-bundle,target=/tmp/ca.pem ${variable}=/tmp/ca.pem ${command}`,
  }
}

/** Why a command of the Dockerfile may have failed, most specific first: matched against what it wrote and its exit code. */
export const STEP_CAUSES: readonly BuildCause[] = [
  {
    pattern: /exec format error/i,
    summary: 'A step ran a program of another architecture, which this machine cannot execute.',
    help: 'Build on a runner of that architecture (arm64: ubuntu-24.04-arm), or put docker/setup-qemu-action before this step. Cross-compiling stages can also use FROM --platform=$BUILDPLATFORM.',
  },
  untrusted(/SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF/, 'NODE_EXTRA_CA_CERTS', 'npm ci'),
  untrusted(/CERTIFICATE_VERIFY_FAILED/, 'PIP_CERT', 'pip install -r requirements.txt'),
  untrusted(/x509:|unable to get (?:local )?issuer certificate/i, 'SSL_CERT_FILE', '…'),
  DISK_FULL,
  {
    pattern: /requires a different Python: \S+ not in/,
    summary: 'A package that was asked for is for another Python than this image has.',
    help: 'Take a version of it for this Python (pip index versions <package>), or a base image of the Python that it asks for: then the runtime must be that one as well.',
  },
  {
    pattern: /can only install (?:packages when your package\.json and package-lock|with an existing package-lock)/,
    summary: 'package-lock.json is not in the image, or does not fit package.json.',
    help: 'Run npm install where package.json was changed, commit both files, and copy both before npm ci: COPY package.json package-lock.json ./',
  },
  {
    pattern: /npm (?:error|ERR!) code E40[13]|HTTP error 40[13] while getting|401 Error, Credentials not correct/,
    summary: 'A package registry wants a login that this step does not have.',
    help: 'Give its token or .npmrc as a build secret (input secrets), and use it in this step only: RUN --mount=type=secret,id=npmrc NPM_CONFIG_USERCONFIG=/run/secrets/npmrc npm ci',
  },
  {
    pattern: /EAI_AGAIN|ENOTFOUND|Temporary failure in name resolution|Could not resolve host|network is unreachable/i,
    summary: 'This step has no way to the network.',
    help: 'Check the network and the proxy of the builder: HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the job are handed to the build.',
  },
  {
    pattern:
      /command '\S*(?:gcc|cc|g\+\+)' failed: No such file|unable to execute '\S*(?:gcc|cc)'|gyp ERR! .*not found: make|gyp ERR! .*find Python|linker `cc` not found/i,
    summary:
      'A package has no ready-made binary for this image and wants to be compiled, for which the image has no compiler.',
    help: 'Take a version that has one (pip install --only-binary=:all: says at once when there is none), or compile in a stage before: in AWS base images RUN dnf install -y gcc gcc-c++ make (yum in Amazon Linux 2), and COPY --from that stage.',
  },
  {
    pattern: /(?:dnf|microdnf|yum|apt-get|apt|apk): (?:command )?not found/,
    summary: 'The package manager that this step calls is not that of the image.',
    help: 'Amazon Linux 2023 (python3.12, nodejs20, java21, ruby3.3, dotnet8 and newer) has dnf, Amazon Linux 2 yum, Debian and Ubuntu apt-get, Alpine apk.',
  },
  {
    pattern: /^exit code: 137$/m,
    summary: 'The command of this step was killed, most of the time for want of memory.',
    help: 'Use a runner with more memory, or less at once: fewer parallel jobs (make -j2, NODE_OPTIONS=--max-old-space-size=…).',
  },
]
