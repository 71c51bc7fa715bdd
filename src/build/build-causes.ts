/** `summary` is left out where the builder's own words say it already. */
export type BuildCause = { readonly pattern: RegExp; readonly summary?: string; readonly help: string }

export const DISK_FULL: BuildCause = {
  pattern: /no space left on device/i,
  summary: 'The disk is full.',
  help: 'Free space in a step before this one (docker system df shows what Docker holds), or use a runner with a bigger disk.',
}

/** Why BuildKit or buildx could not do its work, most specific first: matched against their own words only. */
export const BUILDER_CAUSES: readonly BuildCause[] = [
  {
    pattern: /no match for platform in manifest|does not provide the specified platform/i,
    summary: 'The base image does not exist for this architecture.',
    help: 'Choose a base image or tag that has it (docker buildx imagetools inspect <image> lists the platforms), or change the input architecture.',
  },
  {
    pattern: /toomanyrequests|rate limit/i,
    summary: 'The registry of the base image limits anonymous pulls.',
    help: 'Log in to it in a step before this one (docker/login-action), or take the base image from public.ecr.aws.',
  },
  {
    pattern: /x509:|certificate signed by unknown authority/i,
    summary: 'The registry’s certificate is not trusted by the builder.',
    help: 'Add the authority to the builder’s machine (/etc/docker/certs.d or the system’s store); behind a company proxy also give ca-bundle for what the Dockerfile downloads.',
  },
  {
    pattern: /cache export is not supported for the docker driver|cache export feature is currently not supported/i,
    summary: 'This builder cannot export a cache.',
    help: 'Put docker/setup-buildx-action before this step (its docker-container driver exports caches), and name it with the input builder if it is not the current one.',
  },
  {
    pattern: /error writing manifest blob|failed to push .*cache|exporting cache[\s\S]*400 Bad Request/i,
    summary: 'The registry refused the cache.',
    help: 'For ECR: cache-to: type=registry,ref=…,image-manifest=true,oci-mediatypes=true',
  },
  {
    pattern: /no builder ".*" found/i,
    summary: 'There is no builder of this name.',
    help: 'Use the output name of docker/setup-buildx-action as the input builder, or leave it out. docker buildx ls lists what is there.',
  },
  {
    pattern: /failed to read dockerfile|no such file or directory.*dockerfile|resolve : lstat .*dockerfile/i,
    summary: 'The Dockerfile was not found.',
    help: 'file is relative to the working directory, not to the context; without it, Dockerfile in the context is used.',
  },
  {
    pattern: /unable to prepare context|path .* not found/i,
    summary: 'The build context was not found.',
    help: 'context is a folder relative to the working directory; put actions/checkout before this step.',
  },
  {
    pattern: /failed to (?:calculate checksum|compute cache key).*not found/is,
    summary: 'COPY or ADD names a file that is not in the build context.',
    help: 'Paths are relative to context; look also into .dockerignore, and whether an earlier step of the job had to make the file.',
  },
  {
    pattern: /target stage .* could not be found/i,
    help: 'The input target must be the name of a stage (FROM … AS <name>) of this Dockerfile.',
  },
  {
    pattern: /dockerfile parse error|unknown instruction|unknown flag: (?!--(?:provenance|sbom))/i,
    help: 'Correct the Dockerfile; a first line "# syntax=docker/dockerfile:1" brings the newest instructions and flags.',
  },
  {
    pattern: /secret .*not found|failed to stat/i,
    help: 'Each secret needs its id in the input secrets, and RUN --mount=type=secret,id=<id> in the Dockerfile; a file or variable that it names must exist.',
  },
  DISK_FULL,
  {
    pattern: /failed to register layer: .*(?:invalid tar header|unsupported)/i,
    summary: 'This engine cannot unpack a layer of the base image, which is probably compressed with zstd.',
    help: 'Update Docker Engine on this runner (20.10 reads gzip only), or take a base image with gzip layers.',
  },
  {
    pattern:
      /pull access denied|insufficient_scope|no basic auth credentials|authorization (?:failed|token)|(?:401 Unauthorized|403 Forbidden)/i,
    summary: 'A base image does not exist, or its registry wants a login.',
    help: 'Check its name and tag. If it is private, log in to its registry in a step before this one (docker/login-action; for ECR aws-actions/amazon-ecr-login).',
  },
  {
    pattern:
      /(?:failed to resolve source metadata|failed to load metadata|load metadata for)[\s\S]*(?:: not found|manifest unknown|name unknown)/i,
    summary: 'The base image was not found in its registry.',
    help: 'Check the image name and tag in FROM (and the build arguments it uses).',
  },
  {
    pattern:
      /(?:failed to resolve source metadata|failed to do request|failed to fetch|failed to authorize)[\s\S]*(?:dial tcp|no such host|timeout|connection re(?:fused|set)|TLS handshake|EOF|i\/o)/i,
    summary: 'The registry of the base image cannot be reached from the builder.',
    help: 'Check the network and proxy settings of the runner and of the Docker engine (the engine has its own proxy configuration), and try again.',
  },
  {
    pattern: /cannot connect to the docker daemon|error during connect/i,
    summary: 'The Docker engine went away during the build.',
    help: 'Look at the engine’s log on the runner; a machine short of memory may have stopped it.',
  },
]
