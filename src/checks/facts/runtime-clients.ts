import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import { imageTree } from './image-tree.ts'

/** Published clients and custom runtimes by what they install: PyPI, npm, RubyGems, Maven (jar, classes), NuGet, files. */
const PUBLISHED: readonly RegExp[] = [
  /\/awslambdaric\/[^/]+\.pyc?$/,
  /\/node_modules\/aws-lambda-ric\/package\.json$/,
  /\/gems\/aws_lambda_ric-[^/]+\//,
  /\/aws-lambda-java-runtime-interface-client[^/]*\.jar$/,
  /\/com\/amazonaws\/services\/lambda\/runtime\/api\/client\/[^/]+\.class$/,
  /\/(?:quarkus-amazon-lambda|micronaut-function-aws-custom-runtime|spring-cloud-function-adapter-aws)[^/]*\.jar$/,
  /\/Amazon\.Lambda\.RuntimeSupport\.dll$/,
  /^\/var\/runtime\/./,
  /^\/(?:var\/task|opt)\/bootstrap$/,
]
/** The emulator that many images carry for tests at home: it serves the Runtime API, and is no client of it. */
const EMULATOR = /^aws-lambda-rie(?:-\w+)?$/

/** Files of the image that speak the Runtime API, or belong to what does; the empty list when nothing does. */
export function runtimeClients(evidence: Evidence): readonly string[] {
  const { elf, facts } = evidence
  const published = imageTree(evidence)
    .sought('clients')
    .filter(({ type, path }) => type !== 'directory' && PUBLISHED.some((pattern) => pattern.test(path)))
    .map(({ path }) => path)
  const programs = elf.filter(({ path, runtimeApi }) => runtimeApi === true && !EMULATOR.test(posix.basename(path)))
  return [...published, ...[...facts.clients, ...programs].map(({ path }) => path)]
}
