import type { NodeTree } from './node-tree.ts'

/**
 * Packages that Lambda's managed Node.js runtimes bring (AWS Lambda developer guide, "Runtime-included SDK versions"): a
 * runtime of which only our table tells does not show them.
 */
export function isOfRuntime({ view: { runtime } }: NodeTree, name: string): boolean {
  return runtime?.family === 'nodejs' && /^@(?:aws-sdk|aws-crypto|smithy)\//.test(name)
}
