import { CATALOGUE } from '../../checks/catalogue.ts'
import { rulePage } from '../rule-page.ts'

/** A rule as code scanning shows it beside each of its alerts. None of them claims a security severity. */
export function sarifRule(id: string, version: string): object {
  const finds = CATALOGUE.find((entry) => entry.id === id)?.finds ?? SMOKE
  const page = rulePage(id, version)
  const sentence = `Finds ${finds.replaceAll('`', '')}.`
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence },
    fullDescription: { text: sentence },
    helpUri: page,
    help: {
      text: `${sentence} What it means for a Lambda function, how it is told, and how to fix it: ${page}`,
      markdown: `Finds ${finds}.\n\nWhat it means for a Lambda function, how it is told, and how to fix it: [${id}](${page}).`,
    },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['aws-lambda', 'compatibility'] },
  }
}

const SMOKE = 'invocations that failed when the artifact was run under the constraints of Lambda'
