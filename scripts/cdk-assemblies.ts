// Makes the fixtures of the CDK reader again: runs the apps below __tests__/template/cdk/apps and examples/cdk with the
// real aws-cdk-lib, which is installed into the lab's cache, and packs each assembly into one file.
//   node scripts/node24.mjs scripts/cdk-assemblies.ts [name]…
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { packAssembly } from '../__tests__/template/cdk/packed-assembly.ts'
import { SYNTHESES, withAssembly } from '../__tests__/template/cdk/synthesize.ts'

const FIXTURES = new URL('../__tests__/template/cdk/fixtures/', import.meta.url)
const names = process.argv.slice(2)

await mkdir(FIXTURES, { recursive: true })
for (const synthesis of SYNTHESES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const packed = await withAssembly(synthesis, packAssembly)
  const file = fileURLToPath(new URL(`${synthesis.name}.json`, FIXTURES))
  await writeFile(file, `${JSON.stringify(packed, undefined, 1)}\n`)
  console.log(file)
}
