// `npm run demo` is the tutorial of an image, `npm run demo -- layer` the way of a layer; both on the embedded lab.
import { layer } from './demo/layer.ts'
import { tutorial } from './demo/tutorial.ts'

const asked = process.argv.slice(2)
process.exitCode = asked.includes('layer') ? await layer() : await tutorial(asked.includes('--real-images'))
