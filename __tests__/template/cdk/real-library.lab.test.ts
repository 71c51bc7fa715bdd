import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localFiles } from '../../../src/adapters/files.ts'
import { packed } from './assembly-files.ts'
import { LIBRARY } from './library.ts'
import { packAssembly } from './packed-assembly.ts'
import { readFiles } from './read.ts'
import { SYNTHESES, withAssembly } from './synthesize.ts'

describe.each(SYNTHESES.filter(({ library }) => library === LIBRARY))(
  'the real aws-cdk-lib, app $name',
  (synthesis) => {
    it('writes what is committed, and means by its construct tree what is read', async () => {
      await withAssembly(synthesis, async (assembly) => {
        expect(await packAssembly(assembly)).toEqual(packed(synthesis.name))
        const resources = lambdaResources(JSON.parse(await readFile(join(assembly, 'tree.json'), 'utf8')).tree)
        expect(resources.length).toBeGreaterThan(0)
        for (const { path, construct } of resources) {
          for (const resource of [path, construct]) {
            const read = await readFiles(localFiles, { template: assembly, resource })
            const said = read.resource ?? read.problems[0]?.why
            expect(said).toMatch(read.resource === undefined ? /is a Zip function/ : new RegExp(`^${construct}$`))
          }
        }
      })
    })
  },
)

type Tree = {
  readonly path: string
  readonly children?: Readonly<Record<string, Tree>>
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** Functions and layers in the tree that CDK writes for other tools and that nothing here reads otherwise. */
function lambdaResources(tree: Tree): readonly { readonly path: string; readonly construct: string }[] {
  const type = tree.attributes?.['aws:cdk:cloudformation:type']
  const own = type === 'AWS::Lambda::Function' || type === 'AWS::Lambda::LayerVersion'
  const below = Object.values(tree.children ?? {}).flatMap(lambdaResources)
  return own ? [{ path: tree.path, construct: tree.path.replace(/\/Resource$/, '') }, ...below] : below
}
