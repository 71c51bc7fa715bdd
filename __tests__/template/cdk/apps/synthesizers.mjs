// The ways in which a stack can publish its assets.
import {
  App,
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  LegacyStackSynthesizer,
  NestedStack,
  Stack,
} from 'aws-cdk-lib'
import { Code, DockerImageCode, DockerImageFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda'

const app = new App()
const parts = (scope) => {
  new DockerImageFunction(scope, 'MyFunction', {
    code: DockerImageCode.fromImageAsset('sources/function', { file: 'Containerfile', buildArgs: { EMPTY: '' } }),
  })
  const code = Code.fromAsset('sources/layer')
  new LayerVersion(scope, 'Layer', { code, compatibleRuntimes: [Runtime.PYTHON_3_13] })
}
const synthesizers = {
  Legacy: new LegacyStackSynthesizer(),
  Cli: new CliCredentialsStackSynthesizer({ qualifier: 'team', dockerTagPrefix: 'image-' }),
  Custom: new DefaultStackSynthesizer({
    imageAssetsRepositoryName: 'our-images',
    dockerTagPrefix: 'release-',
    fileAssetsBucketName: 'our-files',
    bucketPrefix: 'assets/',
  }),
}
for (const [id, synthesizer] of Object.entries(synthesizers)) {
  const stack = new Stack(app, id, { synthesizer })
  parts(new NestedStack(stack, 'Nested'))
  parts(stack)
}
