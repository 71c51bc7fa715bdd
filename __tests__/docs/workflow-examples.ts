import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { markdownFiles, ROOT } from './markdown-files.ts'

export type Step = { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }
type Job = { readonly steps?: readonly Step[] }
export type WorkflowExample = { readonly name: string; readonly text: string; readonly steps: readonly Step[] }

/** Whole workflows of the examples and of fenced YAML in the docs; steps that stand alone are put into a job. */
export function workflowExamples(): WorkflowExample[] {
  const files = readdirSync(join(ROOT, 'examples/workflows')).map((name) => ({
    name: `examples/workflows/${name}`,
    text: readFileSync(join(ROOT, 'examples/workflows', name), 'utf8'),
  }))
  const blocks = markdownFiles().flatMap(({ path, text }) =>
    [...text.matchAll(/^( *)```ya?ml\n([\s\S]*?)^\1```/gm)].flatMap(([, indent = '', block = ''], index) => {
      const yaml = block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
      const whole = asWorkflow(yaml)
      return whole === undefined ? [] : [{ name: `${path}#${index + 1}`, text: whole }]
    }),
  )
  return [...files, ...blocks].map(({ name, text }) => ({ name, text, steps: stepsOf(text) }))
}

/** `undefined`: another kind of YAML. */
function asWorkflow(yaml: string): string | undefined {
  const value: unknown = parse(yaml)
  if (Array.isArray(value)) return value.some(isStep) ? inJob(yaml) : undefined
  return typeof value === 'object' && value !== null && 'jobs' in value ? yaml : undefined
}

const isStep = (one: unknown) => typeof one === 'object' && one !== null && ('uses' in one || 'run' in one)

function inJob(steps: string): string {
  const indented = steps.trimEnd().replaceAll(/^(?=.)/gm, '      ')
  return `on: pull_request\npermissions: {}\njobs:\n  example:\n    runs-on: ubuntu-24.04\n    steps:\n${indented}\n`
}

function stepsOf(workflow: string): Step[] {
  const { jobs = {} } = parse(workflow) as { jobs?: Readonly<Record<string, Job>> }
  return Object.values(jobs).flatMap(({ steps = [] }) => steps)
}
