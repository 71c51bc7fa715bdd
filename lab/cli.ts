import { up } from './lab.ts'

const lab = await up()
console.log(lab, lab.registry.password())
