import type { Runtime } from './runtimes.ts'

/**
 * Variables of a managed runtime's process, as far as they say where code and libraries are looked for. Of the base
 * images (LD_LIBRARY_PATH, PATH) and of
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, checked 2026-08.
 */
export function processEnvironment(runtime: Runtime | undefined): Readonly<Record<string, string>> {
  return { ...COMMON, ...(runtime === undefined ? {} : ofLanguage(runtime)) }
}

const COMMON = {
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
  LAMBDA_TASK_ROOT: '/var/task',
  LAMBDA_RUNTIME_DIR: '/var/runtime',
} as const

function ofLanguage({ id, family, rubyApi }: Runtime): Readonly<Record<string, string>> {
  const [, major] = /^nodejs(\d+)/.exec(id) ?? []
  switch (family) {
    case 'nodejs':
      return {
        NODE_PATH: `/opt/nodejs/node${major}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task`,
      }
    case 'python':
      return { PYTHONPATH: `/opt/python/lib/${id}/site-packages:/opt/python:/var/runtime` }
    case 'ruby':
      return {
        GEM_PATH: `/var/task/vendor/bundle/ruby/${rubyApi}:/opt/ruby/gems/${rubyApi}`,
        RUBYLIB: '/var/task:/var/runtime/lib:/opt/ruby/lib',
      }
    default:
      return {}
  }
}
