import { expect, it } from 'vitest'
import { isPushed, isStandInName, STAND_INS } from '../../../lab/images/stand-ins.ts'

it('base images are in the registry, and what layers are built in is in the engine alone', () => {
  const names = Object.keys(STAND_INS).filter(isStandInName)
  expect(names.filter((name) => !isPushed(name))).toEqual(names.filter((name) => name.includes('/build-')))
})
