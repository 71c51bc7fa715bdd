import type { Lab } from '../lab.ts'
import { isStandInName } from './stand-ins.ts'

/** Image of the lab that stands for a runtime identifier: `python3.11` → `lambda/python:3.11`, made when it is not there. */
export function runtimeImage(lab: Pick<Lab, 'images'>): (runtime: string) => Promise<string> {
  return async (runtime) => {
    const [, family = '', version = ''] = /^([a-z]+)\.?(.+?)(?:\.x)?$/.exec(runtime) ?? []
    const name = `lambda/${family}:${version}`
    if (!isStandInName(name)) throw new Error(`The lab has no image for the runtime ${runtime}.`)
    return (await lab.images([name]))[name]
  }
}
