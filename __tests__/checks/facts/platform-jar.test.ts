import { expect, it } from 'vitest'
import { variantOfPlatform } from '../../../src/checks/java/platform-jar.ts'

it.each([
  ['/opt/java/lib/lwjgl-3.3.4-natives-windows.jar', '<classifier>natives-linux</classifier>'],
  ['/opt/java/lib/zstd-jni-1.5.6-3-darwin_aarch64.jar', '<classifier>linux_amd64</classifier>'],
  ['/opt/java/lib/native-osx-aarch64-1.17.0.jar', '<artifactId>native-linux-x86_64</artifactId>'],
  [
    '/opt/java/lib/netty-tcnative-boringssl-static-2.0.65.Final-osx-aarch_64.jar',
    'mvn package -Dos.detected.classifier=linux-x86_64    # without os-maven-plugin: <classifier>linux-x86_64</classifier>',
  ],
])('%s', (path, lines) => {
  expect(variantOfPlatform(path, 'x86_64')).toBe(lines)
})
