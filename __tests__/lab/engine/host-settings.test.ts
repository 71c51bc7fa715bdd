import { describe, expect, it } from 'vitest'
import { dockerLinks, withoutDockerRules } from '../../../lab/engine/host-settings.ts'

describe('withoutDockerRules', () => {
  it('drops the chains and rules of Docker and keeps those of others in order', () => {
    const saved = `*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:DOCKER - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
:MY-DOCKERLESS - [0:0]
-A FORWARD -i office0 -j ACCEPT
-A FORWARD -j DOCKER-USER
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A FORWARD -o br-0123456789ab -j ACCEPT
-A FORWARD -o br-lan -j ACCEPT
-A FORWARD -o office0 -m comment --comment "not docker's" -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
COMMIT
*nat
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A POSTROUTING -s 10.1.0.0/16 -j MASQUERADE
COMMIT
`
    expect(withoutDockerRules(saved)).toBe(`*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:MY-DOCKERLESS - [0:0]
-A FORWARD -i office0 -j ACCEPT
-A FORWARD -o br-lan -j ACCEPT
-A FORWARD -o office0 -m comment --comment "not docker's" -j ACCEPT
COMMIT
*nat
-A POSTROUTING -s 10.1.0.0/16 -j MASQUERADE
COMMIT
`)
  })
})

describe('dockerLinks', () => {
  it('names the bridges that Docker has added, and nothing else', () => {
    const links = ['lo', 'eth0', 'docker0', 'br-0123456789ab', 'br-ffffffffffff', 'br-lan', 'veth0']
    expect(dockerLinks(links, ['lo', 'eth0', 'br-ffffffffffff', 'br-lan'])).toEqual(['docker0', 'br-0123456789ab'])
  })
})
