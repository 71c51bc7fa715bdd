import { CATALOGUE } from '../checks/catalogue.ts'

/** Where this action lives; its releases are tags. */
export const PROJECT = 'https://github.com/lambda-parity/lambda-parity'

/** The page about a rule, as of the version that applied it. */
export function rulePage(rule: string, version: string): string {
  const page = CATALOGUE.some(({ id }) => id === rule) ? `rules/${rule}.md` : 'rules/README.md'
  return `${PROJECT}/blob/v${version}/docs/${page}`
}
