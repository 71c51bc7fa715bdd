import { describe, expect, it } from 'vitest'
import { mirrorOf } from '../../../lab/debian/package-index.ts'

describe('mirrorOf', () => {
  it('finds the mirror of Debian itself among security, updates and other vendors', () => {
    const targets = [
      'Vendor|nodistro|https://vendor.example/',
      'Debian|bookworm-security|http://security.example/',
      'Debian|bookworm-updates|http://updates.example/',
      'Debian|bookworm|http://mirror.example/debian/',
      '',
    ].join('\n')
    expect(mirrorOf(targets)).toBe('http://mirror.example/debian/')
  })

  it('finds none on a machine that is not Debian', () => {
    expect(mirrorOf('Ubuntu|noble|http://mirror.example/ubuntu/\n')).toBeUndefined()
  })
})
