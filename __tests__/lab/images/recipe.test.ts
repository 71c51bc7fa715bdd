import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { IMAGES, recipe } from '../../../lab/images/recipe.ts'
import { isStandInName, STAND_INS } from '../../../lab/images/stand-ins.ts'

const names = Object.keys(STAND_INS).filter(isStandInName)

describe('recipe', () => {
  it('differs for every image, is the same on every call, and follows the emulator', () => {
    const recipes = names.map((name) => recipe(name, 'emulator'))
    expect(new Set(recipes).size).toBe(names.length)
    expect(names.map((name) => recipe(name, 'emulator'))).toEqual(recipes)
    for (const name of names) expect(recipe(name, 'another')).not.toBe(recipe(name, 'emulator'))
  })

  it.each(names)('%s has a Dockerfile', (name) => {
    expect(readdirSync(join(IMAGES, STAND_INS[name].family))).toContain('Dockerfile')
  })
})
