import { App, Duration, Stack } from 'aws-cdk-lib'
import { Architecture, DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda'

const app = new App()
const stack = new Stack(app, 'Greeting')
new DockerImageFunction(stack, 'MyFunction', {
  code: DockerImageCode.fromImageAsset('function', { buildArgs: { GREETING: 'Hello' } }),
  architecture: Architecture.X86_64,
  memorySize: 256,
  timeout: Duration.seconds(10),
  environment: { PUNCTUATION: '!' },
})
