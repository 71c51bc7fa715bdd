import { describe, expect, it } from 'vitest'
import { releasesOf } from '../../../lab/images/prefetch.ts'
import { STAND_INS, type StandIn } from '../../../lab/images/stand-ins.ts'

const parts: readonly StandIn[] = Object.values(STAND_INS)
const OLDEST_FIRST = ['bullseye', 'bookworm', 'trixie']

describe('releases of Debian that an image is made of', () => {
  it('are its own, and that of the compiled client', () => {
    expect(releasesOf(STAND_INS['lambda/nodejs:22'])).toEqual(['bookworm', 'bullseye'])
    expect(releasesOf(STAND_INS['lambda/ruby:3.3'])).toEqual(['trixie'])
    expect(releasesOf(STAND_INS['sam/build-nodejs22.x:latest'])).toEqual([])
  })

  it.each(parts.filter(({ family }) => family === 'nodejs'))('the client of %o is compiled on none newer', (part) => {
    const [own = '', client = ''] = releasesOf(part)
    expect(OLDEST_FIRST.indexOf(client)).toBeLessThanOrEqual(OLDEST_FIRST.indexOf(own))
  })
})
